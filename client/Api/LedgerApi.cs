using System.Globalization;
using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>
/// That the journal of <c>to</c> events only adds to that of <c>from</c> (RFC 9162, section 2.1.4): nodes in lower-case
/// hex.
/// </summary>
public sealed record ConsistencyBody(long From, long To, IReadOnlyList<string> Path);

/// <summary>The public key that signs heads, as PEM.</summary>
public sealed record LedgerKeyBody(string Key, string Pem);

/// <summary>Signed heads of the journal, and proofs of single events.</summary>
public static class LedgerApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapLedger(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/ledger/head", (Backend backend, TimeProvider time) =>
                Answer.Ok(Desk(backend).Head(time), ApiJson.Wire.LedgerHead))
            .Describe("getLedgerHead", "The journal as it is now, signed", "ledger")
            .Answers<LedgerHead>(200).Refuses(404);
        routes.MapGet("/v1/ledger/key", (Backend backend) =>
                Answer.Ok(new(Desk(backend).Key.Id, Desk(backend).Key.PublicPem), ApiJson.Wire.LedgerKeyBody))
            .Describe("getLedgerKey", "The public key that signs heads", "ledger")
            .Answers<LedgerKeyBody>(200).Refuses(404);
        routes.MapGet("/v1/ledger/proofs", Prove)
            .Describe("proveEvent", "The proof of one movement of a SKU, or of one event by its position", "ledger")
            .Answers<LedgerProof>(200).Refuses(400, 404);
        routes.MapGet("/v1/ledger/consistency", Consistency)
            .Describe("proveConsistency", "That a later head of the journal only adds to an earlier one", "ledger")
            .Answers<ConsistencyBody>(200).Refuses(400, 404);
    }

    static IResult Prove(
        HttpContext http, Backend backend, TimeProvider time, string? sku, string? movement, string? position)
    {
        var desk = Desk(backend);
        if (position is not null) return Answer.Ok(desk.Prove(At(http, backend, position), time), Proofs);
        Fields fields = new();
        var name = fields.Id("sku", sku);
        var id = fields.Text("movement", movement, MaxMovementId);
        fields.Check();
        var entity = EntityId.Of(InventoryCalls.Kind, http.Seller(), name);
        // The list knows where most stand; what it does not know yet is looked for in the journal.
        var listed = backend.Views.Stock.Movement(http.Seller(), name, id);
        var stored = listed is null ? Proving.Movement(backend.Journal, backend.Kinds, entity, id)
            : backend.Journal.At(listed.Position);
        return stored is null || stored.Entity != entity
            ? Problem.NotFound("unknown-movement", $"{name} has no movement {id}.")
            : Answer.Ok(desk.Prove(stored, time), Proofs);
    }

    static IResult Consistency(Backend backend, string? from, string? to)
    {
        Fields fields = new();
        var first = Whole(fields, "from", from) ?? 0;
        if (from is null) fields.Add("from", "required", "is missing");
        var last = Whole(fields, "to", to);
        fields.Check();
        return Desk(backend).Consistency(first, last) is { } proof
            ? Answer.Ok(
                new(first, proof.To, [.. proof.Nodes.Select(Convert.ToHexStringLower)]), ApiJson.Wire.ConsistencyBody)
            : Problem.NotFound("unknown-head", "The journal has not so many events, or they are not in this order.");
    }

    static System.Text.Json.Serialization.Metadata.JsonTypeInfo<LedgerProof> Proofs => ApiJson.Wire.LedgerProof;

    /// <summary>Of a shipment it is made of an order, a number and a node.</summary>
    const int MaxMovementId = (2 * Fields.MaxId) + 16;

    /// <summary>The event at a position, if it is the seller's or the operator's.</summary>
    static StoredEvent At(HttpContext http, Backend backend, string text)
    {
        Fields fields = new();
        var position = Whole(fields, "position", text) ?? 0;
        fields.Check();
        return backend.Journal.At(position) is { } stored
            && (stored.Entity.Seller == http.Seller() || stored.Entity.Seller.Length == 0)
            ? stored : throw new ProblemException(
                Problem.NotFound("unknown-position", $"There is no event of yours at position {position}."));
    }

    static long? Whole(Fields fields, string field, string? text)
    {
        if (text is null) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && !text.Contains('\0', StringComparison.Ordinal)) return number;
        fields.Add(field, "bad-number", "must be a whole number, not negative");
        return null;
    }

    static LedgerDesk Desk(Backend backend) => backend.Ledger ?? throw new ProblemException(
        Problem.NotFound("no-ledger-key", "This server signs no heads: it was started without a --ledger-key."));
}
