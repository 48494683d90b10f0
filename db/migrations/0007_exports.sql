CREATE TABLE "export_job" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"stream" text NOT NULL,
	"seq" integer NOT NULL,
	"asked" jsonb NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp(3) with time zone NOT NULL,
	"status" text NOT NULL,
	"writer" text,
	"beat_at" timestamp(3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"size" bigint,
	"checkpoint" text,
	"events_total" bigint DEFAULT 0 NOT NULL,
	"events_done" bigint DEFAULT 0 NOT NULL,
	"bytes_total" bigint DEFAULT 0 NOT NULL,
	"bytes_done" bigint DEFAULT 0 NOT NULL,
	"step" text,
	"file_bytes" bigint,
	"sha256" text,
	"problem" text,
	"finished_at" timestamp(3) with time zone,
	"expires_at" timestamp(3) with time zone,
	CONSTRAINT "export_job_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "export_stream" (
	"org" text NOT NULL,
	"export" text NOT NULL,
	"stream" text NOT NULL,
	CONSTRAINT "export_stream_org_export_stream_pk" PRIMARY KEY("org","export","stream")
);
--> statement-breakpoint
CREATE INDEX "export_by_time" ON "export_job" USING btree ("org","requested_at","id");