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

        var says = string.Join("; ", passed);
        return passed.Count == 0 ? gate
            : gate with { Over = says.Length <= MostWords ? says : says[..MostWords] };
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
