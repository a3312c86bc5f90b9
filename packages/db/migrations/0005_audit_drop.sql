ALTER TABLE "audit_event" DROP COLUMN "subject";--> statement-breakpoint
ALTER TABLE "audit_event" DROP COLUMN "before";--> statement-breakpoint
ALTER TABLE "audit_event" DROP COLUMN "after";--> statement-breakpoint
CREATE FUNCTION "guard_audit_event"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' THEN
		IF current_setting('halyard.retention', true) = 'on' THEN RETURN OLD; END IF;
		RAISE EXCEPTION 'rows of audit_event are deleted by retention only' USING ERRCODE = 'insufficient_privilege';
	END IF;
	IF (to_jsonb(NEW) - 'address' - 'seal' - 'link') = (to_jsonb(OLD) - 'address' - 'seal' - 'link')
		AND (NEW.address IS NOT DISTINCT FROM OLD.address OR NEW.address IS NULL)
		AND ((NEW.seal IS NOT DISTINCT FROM OLD.seal AND NEW.link IS NOT DISTINCT FROM OLD.link) OR (OLD.seal IS NULL AND OLD.link IS NULL))
	THEN RETURN NEW; END IF;
	RAISE EXCEPTION 'rows of audit_event are never changed' USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
CREATE TRIGGER "guard_audit_event" BEFORE UPDATE OR DELETE ON "audit_event" FOR EACH ROW EXECUTE FUNCTION "guard_audit_event"();--> statement-breakpoint
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE ON "audit_seal" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE ON "audit_head" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE ON "revision" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "refuse_truncate" BEFORE TRUNCATE ON "audit_event" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "refuse_truncate" BEFORE TRUNCATE ON "audit_seal" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
