using System.Collections.Concurrent;
using System.Collections.Immutable;
using Fulfillment.Catalog;
using Fulfillment.Inventory;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>
/// The compliance rules that hold for each seller, known for a second: every order goes by them, and few sellers have
/// any.
/// </summary>
public sealed class ComplianceMemory
{
    const int MostSellers = 1_000;
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<string, Known> _known = new();

    sealed record Known(long At, ImmutableArray<ComplianceRule> Rules, CustomsPolicy? Customs);

    /// <summary>They have changed.</summary>
    public void Forget(string seller) => _known.TryRemove(seller, out _);

    /// <summary>The lines whose goods may not be sold there: the field, and the rule.</summary>
    public async ValueTask<IReadOnlyList<FieldError>> Refused(
        Seat seat, OrderIntake.Draft order, CancellationToken cancel) => (await Of(seat, cancel)).Rules.IsEmpty ? []
        : await Refused(
            seat, order.Channel, order.ShipTo?.Country,
            [.. order.Lines.Select((l, i) => ($"/lines/{i}/sku", l.Sku))], cancel);

    /// <summary>The goods that may not be sold there, those of kits among them, by the field that names them.</summary>
    public async ValueTask<IReadOnlyList<FieldError>> Refused(
        Seat seat, string channel, string? country, IReadOnlyList<(string Field, string Sku)> goods,
        CancellationToken cancel)
    {
        var rules = (await Of(seat, cancel)).Rules;
        if (rules.IsEmpty) return [];
        var cards = await LiveStock.Of(seat, goods.Select(g => g.Sku), cancel);
        var parts = await LiveStock.Of(
            seat, cards.Values.Where(c => c.Card?.IsKit == true).SelectMany(c => c.Card!.Kit).Select(p => p.Sku),
            cancel);
        List<FieldError> refused = [];
        foreach (var (field, sku) in goods)
        {
            if (cards[sku].Card is not { } card) continue;
            IEnumerable<(string Sku, SkuCard? Card)> all =
                [(sku, card), .. card.IsKit ? card.Kit.Select(p => (p.Sku, parts[p.Sku].Card)) : []];
            foreach (var (part, of) in all)
            {
                if (of is null) continue;
                var within = part == sku ? "" : $", of which {part} is a part";
                foreach (var v in ComplianceCheck.Of(rules, part, of, channel, null, country))
                    refused.Add(new(field, "prohibited", $"{v.Text} (rule {v.Rule}{within})"));
            }
        }

        return refused;
    }

    /// <summary>How the seller deals with customs; null where his rules say nothing of them.</summary>
    public async ValueTask<CustomsPolicy?> Customs(Seat seat, CancellationToken cancel) =>
        (await Of(seat, cancel)).Customs;

    /// <summary>The rules that an order can be refused by, and what goes for customs.</summary>
    async ValueTask<Known> Of(Seat seat, CancellationToken cancel)
    {
        if (_known.TryGetValue(seat.Seller, out var known)
            && System.Diagnostics.Stopwatch.GetElapsedTime(known.At) < Fresh) return known;
        var at = System.Diagnostics.Stopwatch.GetTimestamp();
        var reply = await seat.ComplianceBook().Get(cancel: cancel);
        Known told = new(
            at, [.. reply.Rules.Where(r => r.Kind == ComplianceKind.Prohibited)], reply.Customs);
        if (_known.Count >= MostSellers) _known.Clear();
        _known[seat.Seller] = told;
        return told;
    }
}
