CREATE TABLE "cosignature" (
	"org" text NOT NULL,
	"size" bigint NOT NULL,
	"witness" text NOT NULL,
	"line" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "cosignature_org_size_witness_pk" PRIMARY KEY("org","size","witness")
);
--> statement-breakpoint
CREATE TABLE "log_refusal" (
	"org" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"since" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "witness_state" (
	"org" text NOT NULL,
	"witness" text NOT NULL,
	"size" bigint NOT NULL,
	"asked_at" timestamp(3) with time zone NOT NULL,
	"seen_at" timestamp(3) with time zone,
	"error" text,
	CONSTRAINT "witness_state_org_witness_pk" PRIMARY KEY("org","witness")
);
--> statement-breakpoint
CREATE TABLE "witnessed" (
	"org" text PRIMARY KEY NOT NULL,
	"size" bigint NOT NULL,
	"at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "witnessing" (
	"org" text PRIMARY KEY NOT NULL,
	"witnesses" jsonb NOT NULL,
	"quorum" integer NOT NULL
);
