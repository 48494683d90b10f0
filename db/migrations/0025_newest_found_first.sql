ALTER TABLE "case_words" ADD COLUMN "number" integer;--> statement-breakpoint
ALTER INDEX "words_of_events" SET (gin_pending_list_limit = 256);--> statement-breakpoint
ALTER INDEX "words_of_cases" SET (gin_pending_list_limit = 256);
