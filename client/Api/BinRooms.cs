using Fulfillment.Views;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Units that are to be put into a bin. <c>Field</c>: where the request names the bin.</summary>
readonly record struct BinLoad(string Field, string Bin, string Sku, long Units, string? Lot = null);

/// <summary>
/// Whether there is room in a bin for what is to be put into it: as far as it is told how much the bin takes, and how
/// big the units are. What lies there is as the lists have it: of two who put units into a bin in the same moment, both
/// may find room for theirs.
/// </summary>
static class BinRooms
{
    const int MostWords = 500, MostDeep = 20;

    /// <summary>What a movement puts into a bin; nothing where it names none, or the one that they come from.</summary>
    public static IReadOnlyList<BinLoad> Load(
        string field, string? bin, string? from, string sku, long units, string? lot) =>
        bin is null || bin == from ? [] : [new(field, bin, sku, units, lot)];

    /// <summary>
    /// The gate, shut where a limit of a bin would be passed. With <paramref name="over"/> it stays open, and says
    /// which limits are passed.
    /// </summary>
    public static async ValueTask<BinGate> WithRoom(
        this BinGate gate, HttpContext http, Backend backend, Seat seat, string node, bool over,
        IReadOnlyList<BinLoad> loads)
    {
        if (gate.Refusal is not null || gate.Limited.IsDefaultOrEmpty || loads.Count == 0) return gate;
        if (!await BinsApi.Reached(backend, http.RequestAborted)) return Shut(Behind());
        var cards = await LiveStock.Of(seat, loads.Select(l => l.Sku), http.RequestAborted);
        var fills = gate.Limited.ToDictionary(b => b.Id, b => backend.Views.Bins.Fill(node, b));
        List<string> passed = [];
        foreach (var load in loads)
        {
            if (!fills.TryGetValue(load.Bin, out var fill)) continue;
            var size = BinView.SizeOf(cards[load.Sku].Card?.Product);
            if (PutAway.Excess(fill, load.Units, size) is { } excess)
            {
                var text = $"{load.Bin} takes {Words(excess, excess.Most)} and has {excess.There}: {load.Units} of "
                    + $"{load.Sku} add {excess.Adds}";
                if (!over) return Shut(Full(load, excess, text));
                passed.Add(text);
            }

            fills[load.Bin] = fill with
            {
                Stock = fill.Stock.Add(new(seat.Seller, load.Sku, load.Lot, load.Units, 0, size)),
            };
        }

        return passed.Aggregate(gate, Over);
    }

    /// <summary>
    /// The gate, shut where units would lie beside others that the bin is not to be mixed with: another SKU than it may
    /// have, or another lot. With <paramref name="mixed"/> it stays open, and says beside what they are put.
    /// </summary>
    public static async ValueTask<BinGate> Unmixed(
        this BinGate gate, HttpContext http, Backend backend, Seat seat, string node, bool mixed, BinLoad load)
    {
        if (gate.Refusal is not null
            || (await seat.Layout(node).Bin(load.Bin, http.RequestAborted)).Bin?.Bin is not { } bin
            || bin.Room is { MaxSkus: 0, OneLot: false }) return gate;
        if (!await BinsApi.Reached(backend, http.RequestAborted)) return Shut(Behind());
        var fill = backend.Views.Bins.Fill(node, bin);
        if (PutAway.Mixes(fill, seat.Seller, load.Sku, load.Lot) is not { } rule) return gate;
        var text = rule == PutAwayRule.OtherLot
            ? $"{bin.Id} takes one lot of {load.Sku} and has {Lots(fill, seat.Seller, load)}: not {load.Lot ?? "none"}"
            : $"{bin.Id} is not mixed with {load.Sku}: it takes {bin.Room.MaxSkus} SKUs and has others";
        return mixed ? Over(gate, text) : Shut(new(
            409, Words<PutAwayRule>.Of(rule), "The state does not allow it.",
            $"{text}. Send mixed if they go there all the same.",
            [new(load.Field, Words<PutAwayRule>.Of(rule), text)]));
    }

    static string Lots(BinFill fill, string seller, BinLoad load) => string.Join(", ", fill.Stock
        .Where(s => s.Seller == seller && s.Sku == load.Sku && s.Lot != load.Lot).Select(s => s.Lot ?? "none").Take(5));

    static BinGate Over(BinGate gate, string text)
    {
        var says = gate.Over is { } before ? $"{before}; {text}" : text;
        return gate with { Over = says.Length <= MostWords ? says : says[..MostWords] };
    }

    /// <summary>What a carrier, and all that stands on it, puts into the bin that it is brought to.</summary>
    public static async ValueTask<List<BinLoad>> On(
        Backend backend, Seat seat, string lpn, Plate plate, string bin, CancellationToken cancel)
    {
        if (!await BinsApi.Reached(backend, cancel)) throw new ProblemException(Behind());
        List<BinLoad> loads = [];
        await Add(lpn, plate, 0);
        return loads;

        async ValueTask Add(string id, Plate on, int depth)
        {
            loads.AddRange(backend.Views.Plates.Lying(seat.Seller, id)
                .Select(u => new BinLoad("/toBin", bin, u.Sku, u.Units, u.Lot)));
            if (depth == MostDeep) return;
            foreach (var child in on.Carries)
                if ((await seat.Plate(child).Get(cancel)).Plate is { } known) await Add(child, known, depth + 1);
        }
    }

    static Problem Behind() =>
        Problem.Of(new(Fault.Overloaded, "The lists are behind: it is not known what lies where."));

    static BinGate Shut(Problem why) => new(DateTimeOffset.MinValue, why);

    static Problem Full(BinLoad load, BinExcess excess, string text) => new(
        409, "over-capacity", "The state does not allow it.",
        $"{text}. Send overCapacity if they go there all the same.",
        [new(load.Field, Words<BinLimit>.Of(excess.Limit), text)]);

    static string Words(BinExcess excess, long amount) => excess.Limit switch
    {
        BinLimit.Units => $"{amount} units",
        BinLimit.Volume => $"{amount} mm3",
        BinLimit.Weight => $"{amount} g",
    };
}
