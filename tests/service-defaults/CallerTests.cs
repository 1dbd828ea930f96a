namespace Invoicing.ServiceDefaults.Tests;

public sealed class CallerTests
{
    private static readonly Caller Operator = new("k", "acme", Role.@operator, false);
    private static readonly Caller Anonymous = new("anonymous", null, Role.@operator, true);
    private static readonly Caller Root = new("root", null, Role.platform_admin, false);

    [Test]
    public void Naming_another_tenant_is_refused_as_cross_tenant() =>
        Assert.That(() => Operator.TenantFor("other"), Throws.TypeOf<ProblemException>().With.Property("Problem").Property("Code").EqualTo("cross_tenant"));

    [Test]
    public void A_credential_looks_ids_up_in_its_own_tenant_only() => Assert.That(Operator.ScopeFor(null), Is.EqualTo("acme"));

    [Test]
    public void Anonymous_callers_and_platform_admins_find_an_id_anywhere_unless_they_name_a_tenant()
    {
        Assert.That(Anonymous.ScopeFor(null), Is.Null);
        Assert.That(Root.ScopeFor(null), Is.Null);
        Assert.That(Anonymous.ScopeFor("x"), Is.EqualTo("x"));
        Assert.That(Anonymous.TenantFor(null), Is.EqualTo("default"));
    }

    [TestCase(Role.viewer, Permission.write_tickets, ExpectedResult = false)]
    [TestCase(Role.viewer, Permission.read_tickets, ExpectedResult = true)]
    [TestCase(Role.@operator, Permission.bulk_operations, ExpectedResult = true)]
    [TestCase(Role.@operator, Permission.view_costs, ExpectedResult = false)]
    [TestCase(Role.admin, Permission.manage_tenant, ExpectedResult = true)]
    [TestCase(Role.admin, Permission.admin_system, ExpectedResult = false)]
    [TestCase(Role.platform_admin, Permission.admin_system, ExpectedResult = true)]
    public bool Roles_carry_the_permissions_of_the_contract(Role role, Permission permission) => new Caller("x", "acme", role, false).May(permission);
}
