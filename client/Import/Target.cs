using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fulfillment.Client.Api;
using Fulfillment.Client.Commands;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Import;

/// <summary>What became of a write: why it was refused, if it was, and whether it had been made before.</summary>
readonly record struct Written(Misfit? Misfit, bool Repeated);

/// <summary>The server as a history writes to it. Every write has an id of its own and may be repeated.</summary>
sealed class Target(Backend backend, Patience patience, string seller, string node, string identity)
{
    const string Mark = "done";
    const int MaxFailures = 10, MaxOverloads = 3_000;

    /// <summary>Makes the node that the stock is at, unless it exists.</summary>
    public async Task DefineNode()
    {
        NodeCard card = new("Online Retail warehouse", NodeType.Warehouse, 1, "GB", null, null, null, null);
        await Patiently(() => At(0).Node(node).Define(card, ifRevision: 0));
    }

    /// <summary>Receives a lot; with the first one it makes the SKU, unless it exists.</summary>
    public async Task Receive(Lot lot)
    {
        var sku = At(lot.First.Number).Sku(lot.Sku);
        if (lot.Number == 1)
        {
            var title = lot.First.Title.Length > 0 ? lot.First.Title : lot.Sku;
            SkuCard card = new(title, null, Backorder: false, new Money(lot.First.Pence, "GBP"), [], []);
            await Patiently(() => sku.Define(card, ifRevision: 0));
        }

        var id = $"history-{identity}-{lot.Number}";
        var reply = await Patiently(() => sku.Receive(id, node, lot.Units, "stock for the replay of a history"));
        if (reply.Status is MoveStatus.Done or MoveStatus.AlreadyDone) return;
        throw new ImportException(
            ExitCode.Refused,
            $"Stock of {lot.Sku} cannot be received as {id}: {Views.Words.Kebab($"{reply.Status}")}.");
    }

    /// <summary>Places an order and waits until stock has decided.</summary>
    public async Task<Written> Place(string id, ImmutableArray<SoldLine> lines)
    {
        var first = lines[0].Line;
        var place = await OrderIntake.Seal(OrderIntake.Read(Request(first, lines)), id, seller, backend);
        var order = At(first.Number).Order(id);
        var placed = await Patiently(() => order.Place(place));
        switch (placed.Status)
        {
            case PlaceStatus.Placed or PlaceStatus.AlreadyPlaced:
                var decided = placed.Order is { Status: not OrderStatus.Received } known
                    ? known : (await Patiently(() => order.Outcome()))!;
                var repeated = placed.Status == PlaceStatus.AlreadyPlaced;
                return new(decided.Rejected is null ? null : Misfit.SoldOut, repeated);
            case PlaceStatus.DifferentContent:
                return new(Misfit.IdTaken, false);
            default:
                throw new UnreachableException($"An order of the history was refused: {placed.Status}.");
        }
    }

    /// <summary>Cancels units of an order.</summary>
    public async Task<Written> Cancel(long line, string id, string order, ImmutableArray<LineUnits> units)
    {
        var reply = await Patiently(() => At(line).Order(order).Cancel(id, units, $"cancelled by invoice {id}"));
        return reply.Status switch
        {
            CancelStatus.Cancelled => new(null, false),
            CancelStatus.AlreadyCancelled => new(null, true),
            CancelStatus.DifferentContent => new(Misfit.IdTaken, false),
            CancelStatus.UnknownOrder or CancelStatus.UnknownLine or CancelStatus.PartOfKit =>
                new(Misfit.OrderNotApplied, false),
            CancelStatus.OrderEnded or CancelStatus.TooLate or CancelStatus.InterceptOpened =>
                new(Misfit.TooLateToCancel, false),
            CancelStatus.TooManyOperations => new(Misfit.TooManyOperations, false),
            CancelStatus.Stale or CancelStatus.QuantityNotPositive => throw new UnreachableException(),
        };
    }

    /// <summary>Corrects the stock.</summary>
    public async Task<Written> Correct(string id, HistoryLine line)
    {
        var reason = CorrectionReason.Of(line.Title);
        var reply = await Patiently(() => At(line.Number).Sku(line.Sku).Adjust(id, node, line.Quantity, reason));
        return reply.Status switch
        {
            MoveStatus.Done => new(null, false),
            MoveStatus.AlreadyDone => new(null, true),
            MoveStatus.DifferentContent => new(Misfit.IdTaken, false),
            _ => new(Misfit.StockRefused, false),
        };
    }

    /// <summary>Keeps a line in quarantine.</summary>
    public async Task Keep(HistoryLine line, Misfit misfit, string? detail = null)
    {
        var problem = Problem.Invalid(misfit.Column(), misfit.Code(), detail ?? misfit.Words());
        var source = $"online-retail {identity} line {line.Number + 1}";
        await Patiently(() => QuarantineApi.Keep(
            source, line.Raw, problem, At(line.Number), backend, CancellationToken.None));
    }

    /// <summary>Whether the block was marked as done.</summary>
    public bool IsMarked(Block block) => backend.FactsOf(EntityId.Of(IntakeCalls.RequestKind, seller, MarkOf(block)))
        .Any(f => f.Event is RequestEvent.KeyClaimed { Content: Mark });

    /// <summary>Marks the block as done.</summary>
    public async Task MarkDone(Block block) => await Patiently(() => At(0).ClaimKey(MarkOf(block), Mark));

    string MarkOf(Block block) => $"history-{identity}-{block.Number}-{block.Content}";

    /// <summary>The line of the file is the cause of what is written for it.</summary>
    Seat At(long line) => new(backend.Cluster, seller, new("import", $"online-retail {identity} line {line + 1}"));

    static OrderRequest Request(HistoryLine first, ImmutableArray<SoldLine> lines)
    {
        var country = Countries.CodeOf(first.Country);
        return new()
        {
            Channel = "online-retail",
            OrderedAt = first.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            Customer = first.Customer is null ? null : Json("id", first.Customer),
            ShipTo = country is null ? null : Json("country", country),
            // Without a code it is what the shop called it, kept with the buyer's data.
            Other = country is null && first.Country.Length > 0
                ? new() { ["country"] = Json("name", first.Country).GetProperty("name") } : null,
            Lines = [.. lines.Select(Request)],
        };
    }

    static LineRequest Request(SoldLine sold) => new()
    {
        Id = sold.Id,
        Sku = sold.Line.Sku,
        Quantity = sold.Line.Quantity,
        UnitPrice = new(sold.Line.Pence, "GBP"),
    };

    static JsonElement Json(string name, string value)
    {
        using var document = JsonDocument.Parse($$"""{"{{name}}":"{{JsonEncodedText.Encode(value)}}"}""");
        return document.RootElement.Clone();
    }

    /// <summary>Asks again, with the same ids, when there was no reply; not for ever.</summary>
    async Task<T> Patiently<T>(Func<ValueTask<T>> ask)
    {
        for (int failures = 0, overloads = 0; ;)
        {
            try
            {
                return await patience.For(ask().AsTask());
            }
            catch (ClusterException e) when (e.Fault == Fault.Overloaded && overloads++ < MaxOverloads)
            {
                await Task.Delay(20);
            }
            catch (ClusterException e)
                when (e.Fault is Fault.NotWritten or Fault.OutcomeUnknown && failures < MaxFailures)
            {
                await Task.Delay(20 << failures++);
            }
            catch (ClusterException e)
            {
                throw patience.Give(e.Message, e);
            }
        }
    }
}
