using System.Text;
using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Views;

namespace Fulfillment.Tests.Client;

/// <summary>What a data folder holds, as far as it must be the same however often an import was stopped.</summary>
public sealed class ImportedState : IAsyncDisposable
{
    readonly EmbeddedServer _server;

    ImportedState(EmbeddedServer server) => _server = server;

    /// <summary>Opens the folder.</summary>
    public static async Task<ImportedState> Open(string folder)
    {
        ImportedState state = new(EmbeddedServer.Open(new(folder), new(), TimeProvider.System));
        await state._server.ViewsReached(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);
        return state;
    }

    public EmbeddedServer Server => _server;

    public Seat Seat => new(_server.Cluster, "default", new("test", "test"));

    /// <summary>Every order, SKU and quarantined line of the folder, a line each.</summary>
    public static async Task<IReadOnlyList<string>> Of(string folder)
    {
        await using var state = await Open(folder);
        List<string> lines = [];
        foreach (var order in state.Orders()) lines.Add(Text(order, (await state.Seat.Order(order).Get())!));
        foreach (var sku in state.Skus()) lines.Add(Text(sku, await state.Seat.Sku(sku).Stock()));
        lines.AddRange(state.Quarantine().Select(Text).Order(StringComparer.Ordinal));
        return lines;
    }

    /// <summary>The ids of all orders, in ordinal order.</summary>
    public IReadOnlyList<string> Orders() =>
    [
        .. All(c => _server.Views.Orders.List("default", null, null, null, c, 500))
            .Select(o => o.Id).Order(StringComparer.Ordinal),
    ];

    /// <summary>All SKUs, in ordinal order.</summary>
    public IReadOnlyList<string> Skus() =>
        [.. All(c => _server.Views.Stock.List("default", c, 500)).Select(s => s.Sku)];

    /// <summary>All lines in quarantine.</summary>
    public IReadOnlyList<QuarantineRow> Quarantine() =>
        [.. All(c => _server.Views.Quarantine.List("default", null, c, 500))];

    /// <summary>The text of a line in quarantine.</summary>
    public async Task<string> TextOf(QuarantineRow row) =>
        Encoding.UTF8.GetString((await _server.Cluster.Keyring.Open((await Seat.Quarantined(row.Id).Get()).Text!))!);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    static string Text(string id, OrderReply order)
    {
        var lines = order.Lines.Select(l => $"{l.Line} r{l.Reserved} a{l.Allocated} c{l.Cancelled}");
        var (placed, all) = (order.Placed, string.Join(' ', lines));
        return $"order {id} {order.Status} {placed.OrderedAt:O} {placed.Total} due {order.Due} {all}";
    }

    static string Text(string id, StockReply sku) =>
        $"sku {id} '{sku.Card!.Title}' {sku.Card.Price} rev {sku.Revision}: {sku.OnHand} on hand, {sku.Held} held, "
        + $"{sku.Committed} committed, {sku.Available} available";

    static string Text(QuarantineRow row) => $"{row.Source}: {string.Join(';', row.Defects.Select(d => d.Code))}";

    static IEnumerable<T> All<T>(Func<string?, Page<T>> list)
    {
        string? cursor = null;
        do
        {
            var page = list(cursor);
            foreach (var item in page.Items) yield return item;
            cursor = page.Next;
        }
        while (cursor is not null);
    }
}
