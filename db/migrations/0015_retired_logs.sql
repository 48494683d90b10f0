CREATE TABLE "retired_checkpoint" (
	"org" text NOT NULL,
	"origin" text NOT NULL,
	"size" bigint NOT NULL,
	"note" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "retired_checkpoint_org_origin_size_pk" PRIMARY KEY("org","origin","size")
);
--> statement-breakpoint
CREATE TABLE "retired_entry" (
	"org" text NOT NULL,
	"origin" text NOT NULL,
	"idx" bigint NOT NULL,
	"stream" text NOT NULL,
	"seq" integer NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "retired_entry_org_origin_idx_pk" PRIMARY KEY("org","origin","idx")
);
