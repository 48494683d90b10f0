CREATE TABLE "log_key" (
	"org" text NOT NULL,
	"rotation" text NOT NULL,
	"vkey" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "log_key_org_rotation_pk" PRIMARY KEY("org","rotation")
);
