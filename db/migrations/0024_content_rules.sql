-- What the record names is kept byte for byte: the application adds to it and takes nothing away. Only `remove_content` does
-- (db/functions/content.sql), as a role that nobody signs in as.
ALTER TABLE content ENABLE ROW LEVEL SECURITY;
ALTER TABLE content FORCE ROW LEVEL SECURITY;
CREATE POLICY of_organisation ON content USING (org = nullif(current_setting('app.org', true), ''));
GRANT SELECT, INSERT, UPDATE (at) ON content TO on_record_app;
GRANT SELECT, DELETE ON content TO on_record_eraser;
--> statement-breakpoint

-- Pictures, archives and sealed secrets don't get any smaller.
ALTER TABLE content ALTER COLUMN bytes SET STORAGE EXTERNAL;
--> statement-breakpoint

-- The state of a long case is rewritten with each command: to compress it each time takes longer than to write it as it is.
ALTER TABLE stream ALTER COLUMN state SET STORAGE EXTERNAL;
