CREATE TABLE "machine_seen" (
	"org" text NOT NULL,
	"nhi" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "machine_seen_org_nhi_pk" PRIMARY KEY("org","nhi")
);
