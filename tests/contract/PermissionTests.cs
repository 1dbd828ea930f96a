namespace Invoicing.Contract.Tests;

/// <summary>Every call × every role × own or another tenant, against one table.</summary>
public sealed class PermissionTests
{
    private static readonly (string Name, Role? Role)[] Callers =
        [("nobody", null), ("a bad credential", null), ("viewer", Role.viewer), ("operator", Role.@operator), ("admin", Role.admin), ("another tenant's admin", Role.admin), ("platform_admin", Role.platform_admin)];

    [TestCaseSource(typeof(Permissions), nameof(Permissions.Cases))]
    public async Task A_call_answers_each_role_as_the_table_says(Row row)
    {
        var bad = new Api(App.Local["gateway-2"].Url, "ak_0000000000000000000000000000000000000000");
        Api[] apis = [App.Nobody, bad, App.Viewer, App.Operator, App.Admin, App.OtherAdmin, App.Platform];
        var wrong = new List<string>();
        Request? unspent = null;
        foreach (var (api, (name, role)) in apis.Zip(Callers))
        {
            // Whoever is refused changes nothing: what was made for the call serves the next caller.
            var request = unspent ?? await row.Prepare();
            var expected = Expected(row, name, role, request.Answers);
            var method = new HttpMethod(row.Call.Split(' ')[0]);
            unspent = expected is 401 or 403 or 404 && request.Body is not HttpContent ? request : null;
            var content = request.Body switch { null => null, HttpContent given => given, var body => System.Net.Http.Json.JsonContent.Create(body, body.GetType(), options: Json.Options) };
            var answer = await api.SendAsync(method, request.Path, content, request.IfMatch is null ? [] : [("If-Match", request.IfMatch)]);
            if (answer.Status != expected)
            {
                wrong.Add($"{name}: {answer.Status} instead of {expected}: {answer.Text}");
            }
        }

        Assert.That(wrong, Is.Empty, row.Call);
    }

    [Test]
    public async Task Every_operation_of_the_documents_has_a_row_and_every_row_an_operation()
    {
        var documented = await Documents.OperationsAsync();
        var rows = Permissions.Table.Select(r => r.Call).ToHashSet();
        Assert.Multiple(() =>
        {
            Assert.That(documented.Select(o => o.Call).Where(c => c.Split(' ')[1].StartsWith("/invoicing", StringComparison.Ordinal)).Except(rows), Is.Empty, "operations without a row");
            Assert.That(rows.Except(documented.Select(o => o.Call)), Is.Empty, "rows without an operation");
        });
    }

    private static int Expected(Row row, string name, Role? role, int answers) => (row.Reach, name) switch
    {
        (Reach.Platform, _) => role == Role.platform_admin ? answers : 403,
        (_, "nobody" or "a bad credential") => 401,
        (Reach.Named, "another tenant's admin") => 404,
        _ => row.Permission is not { } permission || new Caller("", "", role!.Value, false).May(permission) ? answers : 403,
    };
}
