CREATE TABLE "account" (
	"org" text NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"member" text NOT NULL,
	CONSTRAINT "account_org_issuer_subject_pk" PRIMARY KEY("org","issuer","subject")
);
--> statement-breakpoint
CREATE TABLE "draft" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"content" jsonb NOT NULL,
	"case" text,
	"created_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "draft_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"org" text NOT NULL,
	"key" text NOT NULL,
	"platform" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "inbox_org_key_pk" PRIMARY KEY("org","key")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"org" text NOT NULL,
	"token" text NOT NULL,
	"member" text NOT NULL,
	"acr" text NOT NULL,
	"amr" text[] NOT NULL,
	"auth_time" integer NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"seen_at" timestamp(3) with time zone NOT NULL,
	"expires" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "session_org_token_pk" PRIMARY KEY("org","token")
);
--> statement-breakpoint
CREATE TABLE "used_assertion" (
	"org" text NOT NULL,
	"jti" text NOT NULL,
	"expires" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "used_assertion_org_jti_pk" PRIMARY KEY("org","jti")
);
--> statement-breakpoint
CREATE TABLE "case_file" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"stage" text NOT NULL,
	"severity" text,
	"category" text NOT NULL,
	"disposition" text,
	"assignee" text,
	"accepted" boolean NOT NULL,
	"trust" text,
	"due" timestamp(3) with time zone,
	"opened_at" timestamp(3) with time zone NOT NULL,
	"stage_at" timestamp(3) with time zone NOT NULL,
	"changed_at" timestamp(3) with time zone NOT NULL,
	"version" integer NOT NULL,
	"open" boolean NOT NULL,
	CONSTRAINT "case_file_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "case_message" (
	"org" text NOT NULL,
	"key" text NOT NULL,
	"case" text NOT NULL,
	CONSTRAINT "case_message_org_key_pk" PRIMARY KEY("org","key")
);
--> statement-breakpoint
CREATE TABLE "case_nhi" (
	"org" text NOT NULL,
	"case" text NOT NULL,
	"nhi" text NOT NULL,
	"open" boolean NOT NULL,
	CONSTRAINT "case_nhi_org_case_nhi_pk" PRIMARY KEY("org","case","nhi")
);
--> statement-breakpoint
CREATE TABLE "case_request" (
	"org" text NOT NULL,
	"request" text NOT NULL,
	"case" text NOT NULL,
	"phase" text NOT NULL,
	"executor" text NOT NULL,
	"requester" text NOT NULL,
	"target_owner" text,
	"asks_owner" boolean NOT NULL,
	"probing" boolean NOT NULL,
	"open" boolean NOT NULL,
	"requested_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "case_request_org_request_pk" PRIMARY KEY("org","request")
);
--> statement-breakpoint
CREATE TABLE "case_secret" (
	"org" text NOT NULL,
	"fingerprint" text NOT NULL,
	"case" text NOT NULL,
	CONSTRAINT "case_secret_org_fingerprint_pk" PRIMARY KEY("org","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "case_words" (
	"org" text NOT NULL,
	"case" text NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "case_words_org_case_pk" PRIMARY KEY("org","case")
);
--> statement-breakpoint
CREATE TABLE "chat_account" (
	"org" text NOT NULL,
	"platform" text NOT NULL,
	"team" text NOT NULL,
	"user" text NOT NULL,
	"member" text NOT NULL,
	CONSTRAINT "chat_account_org_platform_team_user_pk" PRIMARY KEY("org","platform","team","user")
);
--> statement-breakpoint
CREATE TABLE "connector" (
	"org" text NOT NULL,
	"connector" text NOT NULL,
	"kind" text NOT NULL,
	"executor" text NOT NULL,
	"system" text NOT NULL,
	"environment" text NOT NULL,
	CONSTRAINT "connector_org_connector_pk" PRIMARY KEY("org","connector")
);
--> statement-breakpoint
CREATE TABLE "credential" (
	"org" text NOT NULL,
	"fingerprint" text NOT NULL,
	"nhi" text NOT NULL,
	CONSTRAINT "credential_org_fingerprint_pk" PRIMARY KEY("org","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"org" text NOT NULL,
	"case" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" bigint NOT NULL,
	"kind" text NOT NULL,
	"media_type" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "evidence_org_case_sha256_pk" PRIMARY KEY("org","case","sha256")
);
--> statement-breakpoint
CREATE TABLE "member" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"roles" text[] NOT NULL,
	"team" text,
	"active" boolean NOT NULL,
	CONSTRAINT "member_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "nhi" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"system" text NOT NULL,
	"account" text NOT NULL,
	"environment" text NOT NULL,
	"privilege" text NOT NULL,
	"owner" text,
	"backup_owner" text,
	"disabled" boolean NOT NULL,
	CONSTRAINT "nhi_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "answer" (
	"org" text NOT NULL,
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"digest" text NOT NULL,
	"receipt" jsonb NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "answer_org_actor_key_pk" PRIMARY KEY("org","actor","key")
);
--> statement-breakpoint
CREATE TABLE "checkpoint" (
	"org" text NOT NULL,
	"size" bigint NOT NULL,
	"note" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "checkpoint_org_size_pk" PRIMARY KEY("org","size")
);
--> statement-breakpoint
CREATE TABLE "event" (
	"org" text NOT NULL,
	"stream" text NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"correlation" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "event_org_stream_seq_pk" PRIMARY KEY("org","stream","seq")
);
--> statement-breakpoint
CREATE TABLE "log_entry" (
	"org" text NOT NULL,
	"idx" bigint NOT NULL,
	"stream" text NOT NULL,
	"seq" integer NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "log_entry_org_idx_pk" PRIMARY KEY("org","idx"),
	CONSTRAINT "log_entry_once" UNIQUE("org","stream","seq")
);
--> statement-breakpoint
CREATE TABLE "log_head" (
	"org" text PRIMARY KEY NOT NULL,
	"size" bigint NOT NULL,
	"root" "bytea" NOT NULL,
	"at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_tile" (
	"org" text NOT NULL,
	"level" integer NOT NULL,
	"idx" bigint NOT NULL,
	"hashes" "bytea" NOT NULL,
	CONSTRAINT "log_tile_org_level_idx_pk" PRIMARY KEY("org","level","idx")
);
--> statement-breakpoint
CREATE TABLE "organisation" (
	"org" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"origin" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pending" (
	"org" text NOT NULL,
	"stream" text NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "pending_org_stream_seq_pk" PRIMARY KEY("org","stream","seq")
);
--> statement-breakpoint
CREATE TABLE "stream" (
	"org" text NOT NULL,
	"stream" text NOT NULL,
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"head" "bytea" NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"state" jsonb NOT NULL,
	CONSTRAINT "stream_org_stream_pk" PRIMARY KEY("org","stream")
);
--> statement-breakpoint
CREATE INDEX "session_of_member" ON "session" USING btree ("org","member");--> statement-breakpoint
CREATE UNIQUE INDEX "case_number" ON "case_file" USING btree ("org","number");--> statement-breakpoint
CREATE INDEX "case_open" ON "case_file" USING btree ("org","changed_at","id") WHERE open;--> statement-breakpoint
CREATE INDEX "case_closed" ON "case_file" USING btree ("org","changed_at","id") WHERE not open;--> statement-breakpoint
CREATE INDEX "case_assignee" ON "case_file" USING btree ("org","assignee","changed_at") WHERE open;--> statement-breakpoint
CREATE INDEX "words_of_cases" ON "case_words" USING gin ("words");--> statement-breakpoint
CREATE INDEX "case_of_nhi" ON "case_nhi" USING btree ("org","nhi");--> statement-breakpoint
CREATE INDEX "request_open" ON "case_request" USING btree ("org","requested_at") WHERE open;--> statement-breakpoint
CREATE INDEX "request_of_case" ON "case_request" USING btree ("org","case");--> statement-breakpoint
CREATE INDEX "secret_of_case" ON "case_secret" USING btree ("org","case");--> statement-breakpoint
CREATE UNIQUE INDEX "member_email" ON "member" USING btree ("org","email");--> statement-breakpoint
CREATE INDEX "nhi_owner" ON "nhi" USING btree ("org","owner");--> statement-breakpoint
CREATE INDEX "answer_by_age" ON "answer" USING btree ("at");--> statement-breakpoint
CREATE INDEX "event_by_time" ON "event" USING btree ("org","at","stream","seq");--> statement-breakpoint
CREATE INDEX "event_by_actor" ON "event" USING btree ("org","actor","at");--> statement-breakpoint
CREATE INDEX "event_by_type" ON "event" USING btree ("org","type","at");