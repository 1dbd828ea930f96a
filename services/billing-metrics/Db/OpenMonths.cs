using Microsoft.EntityFrameworkCore.Migrations;

namespace Invoicing.Billing.Db;

/// <summary>What the second migration adds by SQL: every entry of the ledger is billed in a month that is open, whoever writes it.</summary>
internal static class OpenMonths
{
    /// <summary>Entries made before are billed in their own month.</summary>
    internal static void BillInOpenMonths(this MigrationBuilder migration) => migration.Sql($"""
        ALTER TABLE usage_ledger ADD COLUMN billed_month date;
        ALTER TABLE usage_ledger DISABLE TRIGGER usage_ledger_append_only;
        UPDATE usage_ledger SET billed_month = date_trunc('month', date);
        ALTER TABLE usage_ledger ENABLE TRIGGER usage_ledger_append_only;
        ALTER TABLE usage_ledger ALTER COLUMN billed_month SET NOT NULL;
        CREATE FUNCTION bill_in_open_month() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN
            PERFORM pg_advisory_xact_lock_shared({ClosedMonth.Lock});
            NEW.billed_month := GREATEST(date_trunc(''month'', NEW.date)::date, (SELECT (max(month) + interval ''1 month'')::date FROM closed_months));
            RETURN NEW;
        END';
        CREATE TRIGGER usage_ledger_open_month BEFORE INSERT ON usage_ledger FOR EACH ROW EXECUTE FUNCTION bill_in_open_month();
        CREATE TRIGGER closed_months_append_only BEFORE UPDATE OR DELETE ON closed_months FOR EACH ROW EXECUTE FUNCTION refuse_change();
        """);

    internal static void BillByDateAgain(this MigrationBuilder migration) => migration.Sql("""
        DROP TRIGGER usage_ledger_open_month ON usage_ledger;
        DROP FUNCTION bill_in_open_month();
        ALTER TABLE usage_ledger DROP COLUMN billed_month;
        """);
}
