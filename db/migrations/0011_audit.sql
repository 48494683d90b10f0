CREATE TABLE "event_words" (
	"org" text NOT NULL,
	"stream" text NOT NULL,
	"seq" integer NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "event_words_org_stream_seq_pk" PRIMARY KEY("org","stream","seq")
);
--> statement-breakpoint
CREATE TABLE "policy_bundle" (
	"org" text NOT NULL,
	"bundle" text NOT NULL,
	"body" "bytea" NOT NULL,
	"kept_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "policy_bundle_org_bundle_pk" PRIMARY KEY("org","bundle"),
	CONSTRAINT "bundle_is_of_body" CHECK ("policy_bundle"."bundle" = 'sha256:' || encode(sha256("policy_bundle"."body"), 'hex'))
);
--> statement-breakpoint
CREATE TABLE "saved_view" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"member" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"saved_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "saved_view_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE INDEX "words_of_events" ON "event_words" USING gin ("words");--> statement-breakpoint
CREATE INDEX "saved_view_of" ON "saved_view" USING btree ("org","member","name");