using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Invoicing.Tickets.Db.Migrations
{
    /// <summary>The process hands its messages to its own relay: a NOTIFY inside a commit makes every other commit with one wait for its write to disk.</summary>
    [DbContext(typeof(TicketsDb))]
    [Migration("20261130093000_notices_from_the_process")]
    public partial class NoticesFromTheProcess : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.DropOutboxTrigger();

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.AddOutboxTrigger();
    }
}
