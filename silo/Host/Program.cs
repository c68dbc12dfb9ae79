using System.CommandLine;
using Fulfillment;
using Fulfillment.Access;
using Fulfillment.Engine;
using Fulfillment.Silo;

Option<string> postgres = Settings.Text(
    "--postgres", "POSTGRES", "", "The PostgreSQL database that the silos share.");
Option<string> cluster = Settings.Text("--cluster", "CLUSTER", "default", "The cluster's name.");
Option<string> service = Settings.Text("--service", "SERVICE", "fulfillment", "The service's name.");
Option<string> address = Settings.Text(
    "--address", "ADDRESS", "127.0.0.1",
    "The address at which other silos and callers reach this one, or a name for it.");
Option<bool> listenAny = Settings.Switch(
    "--listen-any", "LISTEN_ANY", "Listens at all addresses, not only at the one that others know: for containers.");
Option<int> siloPort = Settings.Number("--silo-port", "SILO_PORT", 11111, "For other silos.");
Option<int> gatewayPort = Settings.Number("--gateway-port", "GATEWAY_PORT", 30000, "For callers.");
Option<string> url = Settings.Text(
    "--url", "URL", "http://127.0.0.1:8081", "Where health, metrics and the dashboard are served.");
Option<string> dashboardUrl = Settings.Text(
    "--dashboard-url", "DASHBOARD_URL", "", "Where the dashboard is served, which has no login, if not with the rest.");
Option<bool> noDashboard = Settings.Switch("--no-dashboard", "NO_DASHBOARD", "Serves no dashboard.");
foreach (var option in (Option[])[postgres, cluster, service, url]) option.Recursive = true;

RootCommand root = new("Runs a silo of the cluster.");
Option[] options =
[
    postgres, cluster, service, address, listenAny, siloPort, gatewayPort, url, dashboardUrl, noDashboard,
];
foreach (var option in options) root.Options.Add(option);
Command schema = new("schema", "Brings the database to what this version needs. Can be repeated.");
root.Subcommands.Add(schema);
Command ready = new("ready", "Asks the silo at --url whether it is ready: a health check without a shell.");
root.Subcommands.Add(ready);

Command settings = SettingsCommand.Create((result, work) => Guard(() => work(PlaceOf(result))));
root.Subcommands.Add(settings);

ClusterPlace PlaceOf(ParseResult result) => result.GetValue(postgres) is { Length: > 0 } text
    ? new(text, result.GetValue(cluster)!, result.GetValue(service)!)
    : throw new StoreUnavailableException("Say which database: --postgres, or FULFILLMENT_POSTGRES.");

async Task<int> Guard(Func<Task<int>> work)
{
    try
    {
        return await work();
    }
    catch (Exception e) when (e is StoreUnavailableException or IOException or ArgumentException or FormatException
        or ClusterException or HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 3;
    }
}

schema.SetAction((result, _) => Guard(async () =>
{
    foreach (var line in await Schema.Apply(PlaceOf(result))) await Console.Out.WriteLineAsync(line);
    await Console.Out.WriteLineAsync("The schema is as this version needs it.");
    return 0;
}));
ready.SetAction((result, cancel) => Guard(async () =>
{
    using HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };
    using var answer = await http.GetAsync(new Uri(Settings.ToAsk(result.GetValue(url)!), "readyz"), cancel);
    if (!answer.IsSuccessStatusCode)
        throw new StoreUnavailableException(await answer.Content.ReadAsStringAsync(cancel));
    await Console.Out.WriteLineAsync("The silo is ready.");
    return 0;
}));
root.SetAction((result, cancel) => Guard(async () =>
{
    SiloOptions options = new(
        PlaceOf(result), await Settings.AddressOf(result.GetValue(address)!, cancel), result.GetValue(siloPort),
        result.GetValue(gatewayPort), result.GetValue(url)!, !result.GetValue(noDashboard),
        result.GetValue(dashboardUrl) is { Length: > 0 } own ? own : null, result.GetValue(listenAny));
    await Schema.Check(options.Place);
    await using var app = SiloServer.Build(options);
    await app.StartAsync(cancel);
    await Console.Out.WriteLineAsync(
        $"Silo of cluster '{options.Place.Cluster}' at {options.Address}:{options.SiloPort}, "
        + $"gateway {options.GatewayPort}, {options.Url}");
    await app.WaitForShutdownAsync(cancel);
    return 0;
}));
var parsed = root.Parse(args);
foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
// What is under way may end, and the entities move, before the process does.
return parsed.Errors.Count > 0 ? 2
    : await parsed.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(40) });
