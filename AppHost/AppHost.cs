// The system as one program: servers -> databases -> services -> gateway. The local run, compose and Helm carry the same names and arrows.
using Invoicing.AppHost;

var builder = DistributedApplication.CreateBuilder(args);
builder.AddDeploymentTarget();
var settings = new Settings(builder);

var postgres = builder.AddPostgres("postgres").WithDataVolume();
var ticketsDb = postgres.AddDatabase("tickets-db", "tickets");
var jobsDb = postgres.AddDatabase("jobs-db", "jobs");
var billingDb = postgres.AddDatabase("billing-db", "billing");
var tenantsDb = postgres.AddDatabase("tenants-db", "tenants");
var rabbitmq = builder.AddRabbitMQ("rabbitmq").WithDataVolume().WithManagementPlugin();

var tenantConfig = builder.AddService<Projects.TenantConfig>("tenant-config", 8104, settings)
    .WithReference(tenantsDb, "tenants").WaitFor(tenantsDb)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithSecrets(settings);

var billingMetrics = builder.AddService<Projects.BillingMetrics>("billing-metrics", 8103, settings)
    .WithReference(billingDb, "billing").WaitFor(billingDb)
    .WithReference(rabbitmq).WaitFor(rabbitmq);

var tickets = builder.AddService<Projects.Tickets>("tickets", 8101, settings)
    .WithEnvironment("Role", "api")
    .WithReference(ticketsDb, "tickets").WaitFor(ticketsDb)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(tenantConfig);

// The OCR model keeps a processor busy for seconds: it scales apart from the API. One of each worker is what a developer's machine bears.
var ticketsReader = builder.AddService<Projects.Tickets>("tickets-reader", 8106, settings, identity: "tickets")
    .WithEnvironment("Role", "reader")
    .WithReference(ticketsDb, "tickets").WaitFor(ticketsDb)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(tenantConfig)
    .WithReplicas(1);

var browserAutomation = builder.AddService<Projects.BrowserAutomation>("browser-automation", 8105, settings)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(tenantConfig)
    .WithReference(ticketsReader)
    .WithReplicas(1);

var jobs = builder.AddService<Projects.Jobs>("jobs", 8102, settings)
    .WithReference(jobsDb, "jobs").WaitFor(jobsDb)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(tickets)
    .WithReference(ticketsReader)
    .WithReference(tenantConfig)
    .WithReference(billingMetrics)
    .WithReference(browserAutomation);

// Back along the arrows: who asks jobs.
tickets.WithReference(jobs);
ticketsReader.WithReference(jobs);
browserAutomation.WithReference(jobs);

var console = builder.AddProgram<Projects.Console>("console", 8107);

builder.AddService<Projects.Gateway>("gateway", 8080, settings)
    .WithEnvironment("OAuth__Issuer", settings.Issuer)
    .WithEnvironment("Security__Anonymous", settings.Anonymous)
    .WithReference(tickets).WaitFor(tickets)
    .WithReference(jobs).WaitFor(jobs)
    .WithReference(billingMetrics).WaitFor(billingMetrics)
    .WithReference(tenantConfig).WaitFor(tenantConfig)
    .WithReference(console).WaitFor(console)
    .WithExternalHttpEndpoints();

if (builder.ExecutionContext.IsRunMode)
{
    // Simulated merchants, on ports of their own beside the control port.
    builder.AddProject<Projects.Portals>("portals", project => project.ExcludeLaunchProfile = true)
        .WithHttpEndpoint(port: 8209, isProxied: false)
        .WithHttpHealthCheck("/health")
        .WithEnvironment("Portals__Data", settings.PortalsData);
}

builder.Build().Run();
