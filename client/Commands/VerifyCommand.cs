using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Fulfillment.Composition;
using Fulfillment.Engine;

namespace Fulfillment.Client.Commands;

/// <summary><c>verify</c>: replays the journal and proves that it is whole.</summary>
static class VerifyCommand
{
    public static Command Create()
    {
        Command command = new(
            "verify",
            "Replays the journal: hash chains, versions, invariants, snapshots, whether orders and SKUs agree, and, "
            + "with --anchor, whether it is still what signed heads say. Reads only, also beside a running server. "
            + "Exit code 1, and the exact event, on a flaw.");
        DataOptions data = new();
        data.AddTo(command);
        Option<bool> json = new("--json") { Description = "Prints one JSON object." };
        Option<string?> anchor = new("--anchor")
        {
            Description = "A file of signed heads: the journal must be what they say, neither cut nor rewritten.",
        };
        Option<string?> key = new("--key")
        {
            Description =
                $"The public key in PEM that signed them; else {LedgerKey.PublicFileName} in the data folder.",
        };
        foreach (var option in (Option[])[json, anchor, key]) command.Options.Add(option);
        command.SetAction((result, cancel) => Task.Run(
            () => Verify(
                data.Read(result), result.GetValue(json), result.GetValue(anchor), result.GetValue(key), cancel),
            cancel));
        return command;
    }

    static int Verify(DataPlace place, bool json, string? anchor, string? keyFile, CancellationToken cancel)
    {
        var heads = anchor is null ? [] : Anchors.Read(anchor);
        using var key = anchor is null ? null
            : LedgerKey.ReadPublic(keyFile ?? Path.Combine(place.Folder, LedgerKey.PublicFileName));
        using var store = EmbeddedServer.Store(place);
        var upTo = store.OpenToRead();
        var started = Stopwatch.GetTimestamp();
        var kinds = Everything.Kinds((_, _, _) => throw new UnreachableException());
        var verified = Progress.Run("Replaying", upTo, !json, advance =>
            new Audit(store, kinds) { Progress = advance, Heads = heads, Signer = key }.Run(upTo, cancel));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (json) Console.Out.WriteLine(AsJson(verified, seconds).ToJsonString());
        else Print(verified, seconds, heads.Count);
        return verified.Flaws.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    static void Print(Verified verified, double seconds, int heads)
    {
        foreach (var flaw in verified.Flaws) Console.Out.WriteLine(flaw);
        var verdict = verified.Flaws.Count switch
        {
            0 => "The journal is whole",
            Verifier.MaxFlaws => $"At least {Verifier.MaxFlaws} flaws",
            var n => n == 1 ? "1 flaw" : string.Create(CultureInfo.InvariantCulture, $"{n} flaws"),
        };
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{verdict}: {verified.Events:N0} events of {verified.Entities:N0} entities, {verified.Snapshots:N0} "
            + $"snapshots, up to position {verified.Position:N0}, {seconds:0.0} s."));
        if (verified.Flaws.Count > 0) return;
        if (heads > 0) Console.Out.WriteLine($"It is what {heads} signed heads say.");
        Console.Out.WriteLine($"State hash {verified.StateHash}");
    }

    static JsonObject AsJson(Verified verified, double seconds) => new()
    {
        ["whole"] = verified.Flaws.Count == 0,
        ["position"] = verified.Position,
        ["events"] = verified.Events,
        ["entities"] = verified.Entities,
        ["snapshots"] = verified.Snapshots,
        ["stateHash"] = verified.Flaws.Count == 0 ? verified.StateHash : null,
        ["seconds"] = Math.Round(seconds, 3),
        ["flaws"] = new JsonArray([.. verified.Flaws.Select(f => (JsonNode)new JsonObject
        {
            ["entity"] = f.Entity.ToString(), ["version"] = f.Version, ["position"] = f.Position,
            ["rule"] = f.Rule, ["what"] = f.What,
        })]),
    };
}
