CREATE TYPE "public"."environment_key_kind" AS ENUM('client', 'server');--> statement-breakpoint
CREATE TYPE "public"."safety" AS ENUM('free', 'confirm', 'review');--> statement-breakpoint
CREATE TYPE "public"."value_type" AS ENUM('boolean', 'string', 'number', 'json');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('administrator', 'member');--> statement-breakpoint
CREATE SEQUENCE "public"."bucketing_seed" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"user_id" text NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "evaluation_count" (
	"environment_id" integer NOT NULL,
	"flag_key" text NOT NULL,
	"bucket" timestamp with time zone NOT NULL,
	"enabled" boolean NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "evaluation_count_environment_id_flag_key_bucket_enabled_pk" PRIMARY KEY("environment_id","flag_key","bucket","enabled")
);
--> statement-breakpoint
CREATE TABLE "environment" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "environment_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"project_id" integer NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"position" integer NOT NULL,
	"colour" text NOT NULL,
	"safety" "safety" DEFAULT 'free' NOT NULL,
	"hide_disabled_flags" boolean,
	"allow_client_traits" boolean DEFAULT true NOT NULL,
	"hide_sensitive_data" boolean DEFAULT false NOT NULL,
	"bucketing_key" text NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"head_hash" text DEFAULT '' NOT NULL,
	"epoch" text NOT NULL,
	"document_updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "environment_bucketingKey_unique" UNIQUE("bucketing_key"),
	CONSTRAINT "environment_projectId_slug_unique" UNIQUE("project_id","slug"),
	CONSTRAINT "environment_version_not_negative" CHECK ("environment"."version" >= 0)
);
--> statement-breakpoint
CREATE TABLE "environment_key" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "environment_key_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"environment_id" integer NOT NULL,
	"kind" "environment_key_kind" NOT NULL,
	"name" text NOT NULL,
	"key_id" text NOT NULL,
	"secret_hash" "bytea",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "environment_key_keyId_unique" UNIQUE("key_id"),
	CONSTRAINT "environment_key_secret" CHECK (("environment_key"."kind" = 'server') = ("environment_key"."secret_hash" is not null))
);
--> statement-breakpoint
CREATE TABLE "flag" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "flag_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"project_id" integer NOT NULL,
	"key" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"value_type" "value_type" NOT NULL,
	"default_enabled" boolean DEFAULT false NOT NULL,
	"default_value" jsonb,
	"server_only" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "flag_owner" (
	"flag_id" integer NOT NULL,
	"user_id" text NOT NULL,
	CONSTRAINT "flag_owner_flag_id_user_id_pk" PRIMARY KEY("flag_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "flag_state" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "flag_state_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"flag_id" integer NOT NULL,
	"environment_id" integer NOT NULL,
	"enabled" boolean NOT NULL,
	"value" jsonb,
	"weights" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"seed" text DEFAULT nextval('bucketing_seed')::text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "flag_state_environmentId_flagId_unique" UNIQUE("environment_id","flag_id"),
	CONSTRAINT "flag_state_environmentId_seed_unique" UNIQUE("environment_id","seed")
);
--> statement-breakpoint
CREATE TABLE "flag_tag" (
	"flag_id" integer NOT NULL,
	"tag_id" integer NOT NULL,
	CONSTRAINT "flag_tag_flag_id_tag_id_pk" PRIMARY KEY("flag_id","tag_id")
);
--> statement-breakpoint
CREATE TABLE "tag" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tag_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"project_id" integer NOT NULL,
	"label" text NOT NULL,
	"colour" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	CONSTRAINT "tag_projectId_label_unique" UNIQUE("project_id","label")
);
--> statement-breakpoint
CREATE TABLE "variant" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "variant_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"flag_id" integer NOT NULL,
	"key" text,
	"value" jsonb,
	"default_weight" real DEFAULT 0 NOT NULL,
	CONSTRAINT "variant_flagId_key_unique" UNIQUE("flag_id","key")
);
--> statement-breakpoint
CREATE TABLE "identity" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "identity_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"environment_id" integer NOT NULL,
	"identifier" text NOT NULL,
	"identifier_hash" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen" timestamp with time zone,
	CONSTRAINT "identity_environmentId_identifierHash_unique" UNIQUE("environment_id","identifier_hash")
);
--> statement-breakpoint
CREATE TABLE "identity_override" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "identity_override_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"environment_id" integer NOT NULL,
	"identity_id" integer NOT NULL,
	"flag_id" integer NOT NULL,
	"enabled" boolean NOT NULL,
	"value" jsonb,
	"weights" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"seed" text DEFAULT nextval('bucketing_seed')::text NOT NULL,
	CONSTRAINT "identity_override_identityId_flagId_unique" UNIQUE("identity_id","flag_id")
);
--> statement-breakpoint
CREATE TABLE "trait" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "trait_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"identity_id" integer NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "trait_identityId_key_unique" UNIQUE("identity_id","key")
);
--> statement-breakpoint
CREATE TABLE "api_key" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "api_key_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"organisation_id" integer NOT NULL,
	"name" text NOT NULL,
	"role" "role" NOT NULL,
	"key_id" text NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "api_key_keyId_unique" UNIQUE("key_id")
);
--> statement-breakpoint
CREATE TABLE "instance_setting" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "member" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "member_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"organisation_id" integer NOT NULL,
	"user_id" text NOT NULL,
	"role" "role" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "member_organisationId_userId_unique" UNIQUE("organisation_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "organisation" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "organisation_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organisation_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "project" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "project_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"organisation_id" integer NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"hide_disabled_flags" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "project_organisationId_slug_unique" UNIQUE("organisation_id","slug")
);
--> statement-breakpoint
CREATE TABLE "audit_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"organisation_id" integer NOT NULL,
	"project_id" integer,
	"environment_id" integer,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"before" text,
	"after" text,
	"address" text,
	"request_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revision" (
	"environment_id" integer NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"subjects" text[] NOT NULL,
	"actor" text NOT NULL,
	"comment" text,
	"body" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "revision_environment_id_version_pk" PRIMARY KEY("environment_id","version")
);
--> statement-breakpoint
CREATE TABLE "snapshot_checkpoint" (
	"environment_id" integer NOT NULL,
	"version" integer NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "snapshot_checkpoint_environment_id_version_pk" PRIMARY KEY("environment_id","version")
);
--> statement-breakpoint
CREATE TABLE "segment" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "segment_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"project_id" integer NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"seed" text DEFAULT nextval('bucketing_seed')::text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "segment_projectId_key_unique" UNIQUE("project_id","key"),
	CONSTRAINT "segment_projectId_seed_unique" UNIQUE("project_id","seed")
);
--> statement-breakpoint
CREATE TABLE "segment_override" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "segment_override_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"environment_id" integer NOT NULL,
	"flag_id" integer NOT NULL,
	"segment_id" integer NOT NULL,
	"priority" integer NOT NULL,
	"enabled" boolean NOT NULL,
	"value" jsonb,
	"weights" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"seed" text DEFAULT nextval('bucketing_seed')::text NOT NULL,
	CONSTRAINT "segment_override_environmentId_flagId_segmentId_unique" UNIQUE("environment_id","flag_id","segment_id")
);
--> statement-breakpoint
CREATE TABLE "segment_version" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "segment_version_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"segment_id" integer NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"rules" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "segment_version_segmentId_version_unique" UNIQUE("segment_id","version")
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_count" ADD CONSTRAINT "evaluation_count_environment_id_environment_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "environment" ADD CONSTRAINT "environment_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "environment_key" ADD CONSTRAINT "environment_key_environment_id_environment_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flag" ADD CONSTRAINT "flag_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flag_owner" ADD CONSTRAINT "flag_owner_flag_id_flag_id_fk" FOREIGN KEY ("flag_id") REFERENCES "public"."flag"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flag_owner" ADD CONSTRAINT "flag_owner_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flag_state" ADD CONSTRAINT "flag_state_flag_id_flag_id_fk" FOREIGN KEY ("flag_id") REFERENCES "public"."flag"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flag_state" ADD CONSTRAINT "flag_state_environment_id_environment_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flag_tag" ADD CONSTRAINT "flag_tag_flag_id_flag_id_fk" FOREIGN KEY ("flag_id") REFERENCES "public"."flag"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flag_tag" ADD CONSTRAINT "flag_tag_tag_id_tag_id_fk" FOREIGN KEY ("tag_id") REFERENCES "public"."tag"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag" ADD CONSTRAINT "tag_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variant" ADD CONSTRAINT "variant_flag_id_flag_id_fk" FOREIGN KEY ("flag_id") REFERENCES "public"."flag"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity" ADD CONSTRAINT "identity_environment_id_environment_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_override" ADD CONSTRAINT "identity_override_environment_id_environment_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_override" ADD CONSTRAINT "identity_override_identity_id_identity_id_fk" FOREIGN KEY ("identity_id") REFERENCES "public"."identity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_override" ADD CONSTRAINT "identity_override_flag_id_flag_id_fk" FOREIGN KEY ("flag_id") REFERENCES "public"."flag"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trait" ADD CONSTRAINT "trait_identity_id_identity_id_fk" FOREIGN KEY ("identity_id") REFERENCES "public"."identity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project" ADD CONSTRAINT "project_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revision" ADD CONSTRAINT "revision_environment_id_environment_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshot_checkpoint" ADD CONSTRAINT "snapshot_checkpoint_environment_id_environment_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "segment" ADD CONSTRAINT "segment_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "segment_override" ADD CONSTRAINT "segment_override_environment_id_environment_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "segment_override" ADD CONSTRAINT "segment_override_flag_id_flag_id_fk" FOREIGN KEY ("flag_id") REFERENCES "public"."flag"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "segment_override" ADD CONSTRAINT "segment_override_segment_id_segment_id_fk" FOREIGN KEY ("segment_id") REFERENCES "public"."segment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "segment_version" ADD CONSTRAINT "segment_version_segment_id_segment_id_fk" FOREIGN KEY ("segment_id") REFERENCES "public"."segment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user_id_index" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_user_id_index" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "evaluation_count_environment_id_bucket_index" ON "evaluation_count" USING btree ("environment_id","bucket");--> statement-breakpoint
CREATE INDEX "environment_key_environment_id_index" ON "environment_key" USING btree ("environment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "flag_project_key" ON "flag" USING btree ("project_id",lower("key"));--> statement-breakpoint
CREATE INDEX "flag_owner_user_id_index" ON "flag_owner" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "flag_state_flag_id_index" ON "flag_state" USING btree ("flag_id");--> statement-breakpoint
CREATE INDEX "flag_tag_tag_id_index" ON "flag_tag" USING btree ("tag_id");--> statement-breakpoint
CREATE INDEX "identity_environment_id_id_index" ON "identity" USING btree ("environment_id","id");--> statement-breakpoint
CREATE INDEX "identity_override_environment_id_index" ON "identity_override" USING btree ("environment_id");--> statement-breakpoint
CREATE INDEX "identity_override_flag_id_index" ON "identity_override" USING btree ("flag_id");--> statement-breakpoint
CREATE INDEX "api_key_organisation_id_index" ON "api_key" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "member_user_id_index" ON "member" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "audit_event_organisation_id_id_index" ON "audit_event" USING btree ("organisation_id","id");--> statement-breakpoint
CREATE INDEX "audit_event_project_id_id_index" ON "audit_event" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "revision_subjects_index" ON "revision" USING gin ("subjects");--> statement-breakpoint
CREATE INDEX "segment_override_flag_id_index" ON "segment_override" USING btree ("flag_id");--> statement-breakpoint
CREATE INDEX "segment_override_segment_id_index" ON "segment_override" USING btree ("segment_id");