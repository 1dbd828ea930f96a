using Invoicing.Portals;

await PortalsApp.Build(args).RunAsync();
