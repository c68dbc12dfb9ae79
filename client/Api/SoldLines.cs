using System.Collections.Immutable;
using System.Text.Json;
using Fulfillment.Catalog;
using Fulfillment.Ordering;

namespace Fulfillment.Client.Api;

/// <summary>
/// As what lines were sold: the listing of the channel that stands for a SKU, and the options that the buyer chose.
/// What somebody has engraved may name him: options are sealed with the buyer's key.
/// </summary>
static class SoldLines
{
    /// <summary>The longest id of a listing, as aliases have it; and how many options a line may have.</summary>
    public const int MostInListing = 128, MostOptions = 20;

    const int MostInName = 64, MostInValue = 500;

    /// <summary>The listing of a line as it is told; null for none.</summary>
    public static SoldAs? Listing(Fields fields, int line, string? listing) => listing is null ? null
        : new(fields.Text($"/lines/{line}/listing", listing, MostInListing));

    /// <summary>The options of each line as text to be sealed, empty for none; default when no line has any.</summary>
    public static ImmutableArray<ReadOnlyMemory<byte>> Options(Fields fields, IReadOnlyList<LineRequest?>? lines)
    {
        if (lines?.Any(l => l?.Options is { Count: > 0 }) != true) return default;
        return
        [
            .. lines.Select((l, i) => l?.Options is { Count: > 0 } options ? Options(fields, i, options) : default),
        ];
    }

    static ReadOnlyMemory<byte> Options(Fields fields, int line, IReadOnlyList<SoldOptionBody?> options)
    {
        if (options.Count > MostOptions)
        {
            fields.Add($"/lines/{line}/options", "too-many", $"a line may have {MostOptions} options");
            return default;
        }

        HashSet<string> names = [];
        for (var i = 0; i < options.Count; i++)
        {
            var at = $"/lines/{line}/options/{i}";
            if (options[i] is not { } option)
            {
                fields.Add(at, "wrong-type", "must be an object");
                continue;
            }

            fields.Text($"{at}/value", option.Value, MostInValue);
            if (!names.Add(fields.Text($"{at}/name", option.Name, MostInName)))
                fields.Add($"{at}/name", "duplicate", "the line has an option of that name");
        }

        return JsonSerializer.SerializeToUtf8Bytes([.. options.OfType<SoldOptionBody>()], ApiJson.Wire.SoldOptions);
    }

    /// <summary>
    /// The order with the SKU of every line that names a listing of its channel, and the lines whose listing is
    /// nobody's or another SKU's. Who repeats an order gets the SKUs of the first time, whatever the channel calls so
    /// now.
    /// </summary>
    public static async ValueTask<(OrderIntake.Draft Draft, IReadOnlyList<FieldError> Faults)> Resolve(
        OrderIntake.Draft draft, string id, Seat seat)
    {
        // Nobody has an alias in a channel whose name is no id.
        var known = Fields.IsId(draft.Channel) ? await Skus(draft, seat) : [];
        List<FieldError> faults = [];
        var lines = draft.Lines.ToBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].SoldAs?.Listing is not { } listing) continue;
            var sku = known.GetValueOrDefault(listing);
            if (sku is null)
                faults.Add(new($"/lines/{i}/listing", "unknown-listing", $"{draft.Channel} calls no SKU {listing}"));
            else if (lines[i].Sku.Length > 0 && lines[i].Sku != sku)
                faults.Add(new($"/lines/{i}/sku", "other-listing", $"{draft.Channel} calls {sku} {listing}"));
            else lines[i] = lines[i] with { Sku = sku };
        }

        var placed = await seat.Order(id).Get();
        if (placed is null) return (draft with { Lines = lines.ToImmutable() }, faults);
        var first = placed.Placed.Lines;
        for (var i = 0; i < lines.Count && i < first.Length; i++)
        {
            if (lines[i].SoldAs?.Listing is { } listing && first[i].SoldAs?.Listing == listing
                && draft.Lines[i].Sku is var told && (told.Length == 0 || told == first[i].Sku))
                lines[i] = lines[i] with { Sku = first[i].Sku };
        }

        return (draft with { Lines = lines.ToImmutable() }, lines.Any(l => l.Sku.Length == 0) ? faults : []);
    }

    static async ValueTask<Dictionary<string, string?>> Skus(OrderIntake.Draft draft, Seat seat)
    {
        var listings = draft.Lines.Select(l => l.SoldAs?.Listing).OfType<string>().Distinct().ToList();
        var replies = await Task.WhenAll(listings.Select(
            l => seat.SkuAlias(new(AliasSource.Channel, draft.Channel, l)).Get().AsTask()));
        return listings.Zip(replies).ToDictionary(l => l.First, l => l.Second.Sku);
    }

    /// <summary>The lines with their options sealed for the subject.</summary>
    public static async ValueTask<ImmutableArray<OrderLine>> Seal(
        OrderIntake.Draft draft, string subject, Backend backend)
    {
        var lines = draft.Lines.ToBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            if (draft.Options[i].IsEmpty) continue;
            var options = await backend.Keyring.Seal<LineOptions>(subject, draft.Options[i]);
            lines[i] = lines[i] with { SoldAs = new(lines[i].SoldAs?.Listing, options) };
        }

        return lines.ToImmutable();
    }

    /// <summary>The options of a line; null for none, and when the key of the buyer was destroyed.</summary>
    public static async ValueTask<List<SoldOptionBody>?> Open(SoldAs? sold, Backend backend) =>
        sold?.Options is { } options && await backend.Keyring.Open(options) is { } text
            ? JsonSerializer.Deserialize(text, ApiJson.Wire.SoldOptions) : null;

    /// <summary>As what it was sold, in a few words for a paper; null for a plain line.</summary>
    public static async ValueTask<string?> Note(SoldAs? sold, Backend backend)
    {
        if (sold is null) return null;
        var options = await Open(sold, backend);
        List<string> says = [.. options?.Select(o => $"{o.Name}: {o.Value}") ?? []];
        if (sold.Options is not null && options is null) says.Add("Options: erased");
        if (sold.Listing is { } listing) says.Add($"Listing {listing}");
        return string.Join(" · ", says);
    }

    /// <summary>The order's body with the options of its lines.</summary>
    public static async ValueTask<OrderBody> WithOptions(this OrderBody body, OrderReply order, Backend backend)
    {
        var kits = order.Kits.IsDefault ? [] : order.Kits;
        if (!order.Lines.Any(l => l.Line.SoldAs?.Options is not null)
            && !kits.Any(k => k.Ordered.SoldAs?.Options is not null)) return body;
        List<LineBody> lines = [];
        foreach (var (line, says) in order.Lines.Zip(body.Lines))
            lines.Add(says with { Options = await Open(line.Line.SoldAs, backend) });
        List<KitLineBody> of = [];
        foreach (var (kit, says) in kits.Zip(body.Kits ?? []))
            of.Add(says with { Options = await Open(kit.Ordered.SoldAs, backend) });
        return body with { Lines = lines, Kits = body.Kits is null ? null : of };
    }

    /// <summary>As what a line of an order was sold, or the kit that it is part of.</summary>
    public static SoldAs? Of(OrderReply order, string line) =>
        order.Lines.FirstOrDefault(l => l.Line.Id == line)?.Line.SoldAs
        ?? (order.Kits.IsDefaultOrEmpty ? null
            : order.Kits.FirstOrDefault(k => k.Lines.Contains(line))?.Ordered.SoldAs);
}
