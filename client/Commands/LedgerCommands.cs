using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Fulfillment.Client.Api;
using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Commands;

/// <summary>
/// <c>anchor</c>, <c>prove</c> and <c>check-proof</c>: signed heads of the journal, proofs of single movements, and
/// the check of a proof, which needs neither journal nor server.
/// </summary>
static class LedgerCommands
{
    public static Command Anchor()
    {
        Command command = new(
            "anchor",
            "Adds a signed head of the journal to a file: keep it where nobody can change it, and verify --anchor "
            + "finds any change or cut of what was before. Refuses, exit code 1, when the journal is not what the "
            + "file's heads say.");
        DataOptions data = new();
        data.AddTo(command);
        Option<string> to = new("--out") { Description = "The file to add a line to.", Required = true };
        command.Options.Add(to);
        command.SetAction((result, cancel) => Task.Run(
            () => Anchor(data.Read(result), result.GetValue(to)!, cancel), cancel));
        return command;
    }

    static int Anchor(DataPlace place, string file, CancellationToken cancel)
    {
        using var store = EmbeddedServer.Store(place);
        var upTo = store.OpenToRead();
        using var key = LedgerKey.At(place);
        Ledger ledger = new(store);
        if (File.Exists(file))
        {
            var flaws = Anchors.Check(ledger, upTo, Anchors.Read(file), null, cancel);
            foreach (var flaw in flaws) Console.Error.WriteLine(flaw);
            if (flaws.Count > 0) return ExitCode.Refused;
        }

        ledger.Advance(upTo, cancel: cancel);
        var head = key.Sign(ledger.Now, TimeProvider.System.GetUtcNow());
        Anchors.Append(file, head);
        Console.Out.WriteLine($"{head.Size} events up to position {head.Position}, root {head.Root}, key {head.Key}.");
        return ExitCode.Done;
    }

    public static Command Prove()
    {
        Command command = new(
            "prove", "Writes the proof of one movement of a SKU, which discloses nothing of any other.");
        DataOptions data = new();
        data.AddTo(command);
        Option<string> sku = new("--sku") { Description = "The SKU.", Required = true };
        Option<string> movement = new("--movement")
        {
            Description = "The movement's id; of a shipment: order/step/node.",
            Required = true,
        };
        Option<string> seller = new("--seller")
        {
            Description = "Whose SKU it is.",
            DefaultValueFactory = _ => Requests.DefaultSeller,
        };
        Option<string> to = new("--out") { Description = "The file to write.", Required = true };
        foreach (var option in (Option[])[sku, movement, seller, to]) command.Options.Add(option);
        command.SetAction((result, cancel) => Task.Run(
            () => Prove(
                data.Read(result),
                EntityId.Of(InventoryCalls.Kind, result.GetValue(seller)!, result.GetValue(sku)!),
                result.GetValue(movement)!, result.GetValue(to)!, cancel),
            cancel));
        return command;
    }

    static int Prove(
        DataPlace place, EntityId sku, string movement, string file, CancellationToken cancel)
    {
        using var store = EmbeddedServer.Store(place);
        var upTo = store.OpenToRead();
        var kinds = Everything.Kinds((_, _, _) => throw new UnreachableException());
        if (Proving.Movement(store, kinds, sku, movement) is not { } stored || stored.Position > upTo)
        {
            Console.Error.WriteLine($"{sku} has no movement {movement}.");
            return ExitCode.Refused;
        }

        using var key = LedgerKey.At(place);
        Ledger ledger = new(store);
        ledger.Advance(upTo, cancel: cancel);
        var proof = Proving.Prove(store, ledger, key, stored, TimeProvider.System.GetUtcNow())!;
        try
        {
            File.WriteAllText(file, JsonSerializer.Serialize(proof, LedgerJson.Default.LedgerProof) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"{file} cannot be written: {e.Message}", e);
        }

        Console.Out.WriteLine(
            $"Position {stored.Position}, event {proof.Index + 1} of {proof.Head.Size}, {proof.Path.Count} siblings, "
            + $"key {proof.Head.Key}.");
        return ExitCode.Done;
    }

    public static Command CheckProof()
    {
        Command command = new(
            "check-proof", "Checks a proof with the public key, and nothing else. Exit code 1 when it does not hold.");
        Argument<string> proof = new("proof") { Description = "The file with the proof." };
        Option<string> key = new("--key") { Description = "The public key in PEM.", Required = true };
        command.Arguments.Add(proof);
        command.Options.Add(key);
        command.SetAction(result => CheckProof(result.GetValue(proof)!, result.GetValue(key)!));
        return command;
    }

    static int CheckProof(string proof, string key)
    {
        string? flaw, shown;
        try
        {
            flaw = ProofCheck.Flaw(File.ReadAllBytes(proof), File.ReadAllText(key), out shown);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCode.Environment;
        }

        Console.Out.WriteLine(flaw is null ? $"The proof holds: {shown}" : $"The proof does not hold: {flaw}.");
        return flaw is null ? ExitCode.Done : ExitCode.Refused;
    }
}
