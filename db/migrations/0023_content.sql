CREATE TABLE "content" (
	"org" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "content_org_sha256_pk" PRIMARY KEY("org","sha256")
);
