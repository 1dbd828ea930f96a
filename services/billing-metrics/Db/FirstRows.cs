using Microsoft.EntityFrameworkCore.Migrations;

namespace Invoicing.Billing.Db;

/// <summary>What the first migration adds by SQL: the opening prices, and that a counted job stays as it was counted.</summary>
internal static class FirstRows
{
    /// <summary>Estimates with their reasoning; an installation adds rows with its own numbers from the day they hold.</summary>
    internal static void SeedPrices(this MigrationBuilder migration) => migration.Sql("""
        INSERT INTO prices (resource, variant, unit_price, valid_from, note) VALUES
        ('ocr_second', '', 0.000011, '2024-01-01', 'One vCPU at 0.04 USD an hour, local models'),
        ('browser_second', '', 0.000014, '2024-01-01', 'One vCPU and 1 GiB at 0.05 USD an hour'),
        ('captcha', '', 0.00299, '2024-01-01', 'Solver service, 2.99 USD a thousand; a person costs nothing'),
        ('model_input_token', '*', 0.000003, '2024-01-01', 'Claude Sonnet class, 3 USD a million tokens'),
        ('model_output_token', '*', 0.000015, '2024-01-01', 'Claude Sonnet class, 15 USD a million tokens'),
        ('model_input_token', 'claude-3-haiku', 0.00000025, '2024-01-01', '0.25 USD a million tokens'),
        ('model_output_token', 'claude-3-haiku', 0.00000125, '2024-01-01', '1.25 USD a million tokens'),
        ('stored_byte', '', 0.00000000138, '2024-01-01', '0.023 USD a GB and month, for the 60 months a CFDI must be kept');
        """);

    internal static void KeepLedger(this MigrationBuilder migration) => migration.Sql("""
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN RAISE EXCEPTION ''% is append-only'', TG_TABLE_NAME; END';
        CREATE TRIGGER usage_ledger_append_only BEFORE UPDATE OR DELETE ON usage_ledger FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER prices_append_only BEFORE UPDATE OR DELETE ON prices FOR EACH ROW EXECUTE FUNCTION refuse_change();
        """);

    /// <summary>Call after the tables are dropped.</summary>
    internal static void ForgetLedger(this MigrationBuilder migration) => migration.Sql("DROP FUNCTION IF EXISTS refuse_change();");
}
