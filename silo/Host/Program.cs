using System.CommandLine;
using System.Net;
using Fulfillment.Access;
using Fulfillment.Engine;
using Fulfillment.Silo;

Option<string> postgres = new("--postgres")
{
    Description = "The PostgreSQL database that the silos share (or FULFILLMENT_POSTGRES).",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("FULFILLMENT_POSTGRES") ?? "",
    Recursive = true,
};
Option<string> cluster = new("--cluster")
{
    Description = "The cluster's name.", DefaultValueFactory = _ => "default", Recursive = true,
};
Option<string> service = new("--service")
{
    Description = "The service's name.", DefaultValueFactory = _ => "fulfillment", Recursive = true,
};
Option<string> address = new("--address")
{
    Description = "The address at which other silos and callers reach this one.",
    DefaultValueFactory = _ => "127.0.0.1",
};
Option<int> siloPort = new("--silo-port") { Description = "For other silos.", DefaultValueFactory = _ => 11111 };
Option<int> gatewayPort = new("--gateway-port") { Description = "For callers.", DefaultValueFactory = _ => 30000 };
Option<string> url = new("--url")
{
    Description = "Where health, metrics and the dashboard are served.",
    DefaultValueFactory = _ => "http://127.0.0.1:8081",
};
Option<bool> noDashboard = new("--no-dashboard") { Description = "Serves no dashboard." };

RootCommand root = new("Runs a silo of the cluster.");
foreach (var option in (Option[])[postgres, cluster, service, address, siloPort, gatewayPort, url, noDashboard])
    root.Options.Add(option);
Command schema = new("schema", "Brings the database to what this version needs. Can be repeated.");
root.Subcommands.Add(schema);

ClusterPlace PlaceOf(ParseResult result) => result.GetValue(postgres) is { Length: > 0 } text
    ? new(text, result.GetValue(cluster)!, result.GetValue(service)!)
    : throw new StoreUnavailableException("Say which database: --postgres, or FULFILLMENT_POSTGRES.");

async Task<int> Guard(Func<Task> work)
{
    try
    {
        await work();
        return 0;
    }
    catch (Exception e) when (e is StoreUnavailableException or IOException or ArgumentException or FormatException)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 3;
    }
}

schema.SetAction((result, _) => Guard(async () =>
{
    foreach (var line in await Schema.Apply(PlaceOf(result))) await Console.Out.WriteLineAsync(line);
    await Console.Out.WriteLineAsync("The schema is as this version needs it.");
}));
root.SetAction((result, cancel) => Guard(async () =>
{
    SiloOptions options = new(
        PlaceOf(result), IPAddress.Parse(result.GetValue(address)!), result.GetValue(siloPort),
        result.GetValue(gatewayPort), result.GetValue(url)!, !result.GetValue(noDashboard));
    await Schema.Check(options.Place);
    await using var app = SiloServer.Build(options);
    await app.StartAsync(cancel);
    await Console.Out.WriteLineAsync(
        $"Silo of cluster '{options.Place.Cluster}' at {options.Address}:{options.SiloPort}, "
        + $"gateway {options.GatewayPort}, {options.Url}");
    await app.WaitForShutdownAsync(cancel);
}));
// What lives here moves to other silos first.
InvocationConfiguration running = new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) };
return await root.Parse(args).InvokeAsync(running);
