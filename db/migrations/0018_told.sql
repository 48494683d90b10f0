CREATE TABLE "case_told" (
	"org" text NOT NULL,
	"case" text NOT NULL,
	"person" text NOT NULL,
	CONSTRAINT "case_told_org_case_person_pk" PRIMARY KEY("org","case","person")
);
--> statement-breakpoint
CREATE INDEX "told_of_person" ON "case_told" USING btree ("org","person");