ALTER TABLE "segment_version" DROP CONSTRAINT "segment_version_segment_id_segment_id_fk";
--> statement-breakpoint
ALTER TABLE "segment_version" ALTER COLUMN "rules" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "environment" ADD COLUMN "clock_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "flag_state" ADD COLUMN "bucket_by" text;--> statement-breakpoint
ALTER TABLE "flag_state" ADD COLUMN "prerequisites" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "identity_override" ADD COLUMN "bucket_by" text;--> statement-breakpoint
ALTER TABLE "segment" ADD COLUMN "rules" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "segment" ADD COLUMN "clock_boundaries" bigint[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "segment_override" ADD COLUMN "bucket_by" text;--> statement-breakpoint
ALTER TABLE "segment_version" ADD COLUMN "project_id" integer;--> statement-breakpoint
ALTER TABLE "segment_version" ADD COLUMN "key" text;--> statement-breakpoint
ALTER TABLE "segment_version" ADD COLUMN "seed" text;--> statement-breakpoint
ALTER TABLE "segment_version" ADD COLUMN "list_edits" jsonb;--> statement-breakpoint
UPDATE "segment" SET "rules" = v."rules" FROM "segment_version" v WHERE v."segment_id" = "segment"."id" AND v."version" = "segment"."version";--> statement-breakpoint
UPDATE "segment_version" SET "project_id" = s."project_id", "key" = s."key", "seed" = s."seed" FROM "segment" s WHERE s."id" = "segment_version"."segment_id";--> statement-breakpoint
ALTER TABLE "segment_version" ALTER COLUMN "project_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "segment_version" ALTER COLUMN "key" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "segment_version" ALTER COLUMN "seed" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "segment_version" ADD CONSTRAINT "segment_version_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "flag_state_prerequisites_index" ON "flag_state" USING gin ("prerequisites" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "segment_version_project_id_index" ON "segment_version" USING btree ("project_id");--> statement-breakpoint
ALTER TABLE "segment_version" ADD CONSTRAINT "segment_version_content" CHECK (num_nonnulls("segment_version"."rules", "segment_version"."list_edits") = 1);