CREATE TABLE "audit_head" (
	"day" date PRIMARY KEY NOT NULL,
	"body" text NOT NULL,
	"signature" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_seal" (
	"number" integer PRIMARY KEY NOT NULL,
	"last_id" bigint NOT NULL,
	"entries" integer NOT NULL,
	"hash" text NOT NULL,
	"sealed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_event" ADD COLUMN "subjects" text[];--> statement-breakpoint
ALTER TABLE "audit_event" ADD COLUMN "body" text;--> statement-breakpoint
UPDATE "audit_event" SET "subjects" = string_to_array("subject", ', '), "body" = json_build_object('organisation', "organisation_id", 'project', "project_id", 'environment', "environment_id", 'actor', "actor", 'action', "action", 'subjects', string_to_array("subject", ', '), 'before', "before"::json, 'after', "after"::json, 'requestId', "request_id", 'at', to_char("created_at" at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text;--> statement-breakpoint
ALTER TABLE "audit_event" ALTER COLUMN "subjects" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_event" ALTER COLUMN "body" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_event" ADD COLUMN "seal" integer;--> statement-breakpoint
ALTER TABLE "audit_event" ADD COLUMN "link" text;--> statement-breakpoint
CREATE INDEX "audit_event_subjects_index" ON "audit_event" USING gin ("subjects");--> statement-breakpoint
CREATE INDEX "audit_event_seal_id_index" ON "audit_event" USING btree ("seal","id");--> statement-breakpoint
CREATE INDEX "audit_event_unsealed" ON "audit_event" USING btree ("id") WHERE "audit_event"."seal" is null;