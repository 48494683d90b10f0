CREATE TABLE "content_to_remove" (
	"org" text NOT NULL,
	"case" text NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "content_to_remove_org_case_sha256_pk" PRIMARY KEY("org","case","sha256")
);
--> statement-breakpoint
ALTER TABLE "event" ALTER COLUMN "body" DROP NOT NULL;