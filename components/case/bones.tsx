import { Bone, Loading } from '../ui/states'

/** The case's page before it is there: the same lines, empty. */
export function CaseBones() {
  return (
    <Loading what="the case" page>
      <div className="pt-5 pb-3">
        <Bone className="h-6 w-3/5" />
        <div className="mt-3 flex gap-6">
          {['w-16', 'w-24', 'w-28', 'w-20', 'w-40'].map((width) => (
            <Bone key={width} className={width} />
          ))}
        </div>
      </div>
      <div className="h-13 border-y border-rule-strong" />
      <div className="grid gap-x-10 lg:grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[minmax(0,1fr)_27rem]">
        <div>
          <div className="mt-5 h-40 border border-rule-strong" />
          <Bone className="mt-9 w-32" />
          {[0, 1, 2, 3].map((index) => (
            <Bone key={index} className="mt-3 block h-10 w-full" />
          ))}
        </div>
        <div className="mt-5">
          {[0, 1, 2, 3, 4, 5].map((index) => (
            <div key={index} className="mb-4 flex gap-3">
              <Bone className="size-5.5 rounded-full" />
              <div className="flex-1">
                <Bone className="block w-full" />
                <Bone className="mt-1.5 block w-2/3" />
              </div>
            </div>
          ))}
        </div>
      </div>
    </Loading>
  )
}
