using Invoicing;
using Invoicing.WebConsole;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddSingleton<AppPage>();
builder.Services.AddResponseCompression(o => o.EnableForHttps = true);

var app = builder.Build();
app.UseResponseCompression();
app.UseServiceDefaults();
app.MapApp();

app.Run();
