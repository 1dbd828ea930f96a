using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Invoicing.Jobs.Db.Migrations
{
    /// <summary>
    /// Processes wake each other themselves: a NOTIFY inside a commit makes every other commit with one wait for its write to disk. Older
    /// binaries still find everything, by looking now and then.
    /// </summary>
    [DbContext(typeof(JobsDb))]
    [Migration("20261124160000_013_notices_from_the_process")]
    public partial class _013_notices_from_the_process : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropOutboxTrigger();
            migrationBuilder.Sql("""
                DROP TRIGGER IF EXISTS job_events_notify ON job_events;
                DROP FUNCTION IF EXISTS job_events_notify();
                """);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                CREATE FUNCTION job_events_notify() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_notify(''job_events'', NEW.job_id::text); RETURN NULL; END';
                CREATE TRIGGER job_events_notify AFTER INSERT ON job_events FOR EACH ROW EXECUTE FUNCTION job_events_notify();
                """);
            migrationBuilder.AddOutboxTrigger();
        }
    }
}
