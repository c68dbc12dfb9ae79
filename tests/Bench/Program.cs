using System.CommandLine;
using Fulfillment.Bench;
using Fulfillment.Bench.Http;

if (args is ["ceiling", var url])
{
    await Ceiling.Serve(url);
    return 0;
}

RootCommand root = new(
    "Measures the product, each figure beside what the machine allows at most. Run it in Release, on a quiet machine.");
Argument<string[]> names = new("bench")
{
    Description =
        $"Which: {string.Join(", ", Benches.All.Select(b => b.Name))}. Without any: all but those named alone.",
    Arity = ArgumentArity.ZeroOrMore,
};
names.AcceptOnlyFromAmong([.. Benches.All.Select(b => b.Name)]);
Option<int> seconds = new("--seconds") { Description = "How long a run lasts.", DefaultValueFactory = _ => 15 };
Option<int> runs = new(
    "--runs")
{ Description = "Runs after the warm-up; the median counts.", DefaultValueFactory = _ => 3 };
Option<int> connections = new("--connections") { Description = "HTTP connections.", DefaultValueFactory = _ => 256 };
Option<int> orders = new(
    "--orders")
{ Description = "Orders of the bench 'million'.", DefaultValueFactory = _ => 1_000_000 };
Option<int> memory = new(
    "--memory")
{ Description = "The server's --memory in megabytes.", DefaultValueFactory = _ => 256 };
Option<bool> sockets = new("--sockets") { Description = "Uses the bundled load generator although there is wrk." };
Option<bool> write = new("--write") { Description = "Writes the coefficients of the bench 'fraud' into the product." };
Option<bool> json = new("--json") { Description = "Prints JSON instead of a table." };
root.Arguments.Add(names);
foreach (var option in (Option[])[seconds, runs, connections, orders, memory, sockets, write, json])
    root.Options.Add(option);
root.SetAction((result, cancel) => Benches.Run(
    result.GetValue(names) is { Length: > 0 } named ? named : null,
    new()
    {
        Seconds = result.GetValue(seconds),
        Runs = result.GetValue(runs),
        Connections = result.GetValue(connections),
        Orders = result.GetValue(orders),
        MemoryMegabytes = result.GetValue(memory),
        Sockets = result.GetValue(sockets),
        Write = result.GetValue(write),
        Json = result.GetValue(json),
    },
    cancel));
return await root.Parse(args).InvokeAsync();
