using System.Collections.Immutable;
using System.Text.Json;
using Fulfillment.Ordering;
using Fulfillment.Screening;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>
/// Turns an order as a channel sends it into the one that the cluster places: checks every field, and seals what
/// identifies the buyer. API, bulk intake and quarantine share it.
/// </summary>
public static class OrderIntake
{
    const int MaxText = 200, MaxGiftMessage = 500, MaxPersonalBytes = 64 << 10;

    /// <summary>What an address has as plain text.</summary>
    internal static readonly ImmutableArray<string> AddressTexts =
        ["name", "line1", "line2", "city", "region", "phone", "email"];

    /// <summary>What it has as numbers.</summary>
    internal static readonly ImmutableArray<string> Coordinates = ["latitude", "longitude"];

    static readonly ImmutableArray<(string Name, string Pointer)> AddressTextFields =
        [.. AddressTexts.Select(name => (name, $"/shipTo/{name}"))];

    /// <summary>What our answer says: an unknown field under such a name would stand in it twice.</summary>
    static readonly HashSet<string> Ours =
        [.. ApiJson.Default.OrderBody.Properties.Where(p => !p.IsExtensionData).Select(p => p.Name)];

    /// <summary>An order whose form is right. <c>Personal</c>: what is to be sealed, empty for nothing.</summary>
    public sealed record Draft(
        string Channel, DateTimeOffset? OrderedAt, Destination? ShipTo, ImmutableArray<OrderLine> Lines,
        PaymentPolicy Payment, AllocationPolicy Allocation, JsonElement? Customer, ReadOnlyMemory<byte> Personal,
        OrderCharges? Charges, PaymentMethod? Method, OrderRequest? Screened, Wishes? Wishes,
        ImmutableArray<ReadOnlyMemory<byte>> Options = default, OrderCustoms? Customs = null)
    {
        /// <summary>A line names a listing: its SKU is to be found.</summary>
        public bool HasListings
        {
            get
            {
                foreach (var line in Lines)
                    if (line.SoldAs is not null) return true;
                return false;
            }
        }
    }

    /// <summary>Checks the form. Throws every field that is wrong.</summary>
    public static Draft Read(OrderRequest request)
    {
        Fields fields = new();
        var channel = request.Channel is null ? "api" : fields.Text("/channel", request.Channel, MaxText);
        var orderedAt = fields.Time("/orderedAt", request.OrderedAt);
        var shipTo = ShipTo(fields, request.ShipTo, isHistory: request.OrderedAt is not null);
        if (request.Customer is { ValueKind: not JsonValueKind.Object })
            fields.Add("/customer", "wrong-type", "must be an object");
        if (request.BillTo is { ValueKind: not JsonValueKind.Object })
            fields.Add("/billTo", "wrong-type", "must be an object");
        var lines = Lines(fields, request.Lines);
        var options = SoldLines.Options(fields, request.Lines);
        var payment = fields.Word<PaymentPolicy>("/payment", request.Payment, PaymentPolicy.None);
        var allocation =
            fields.Word<AllocationPolicy>("/allocation", request.Allocation, AllocationPolicy.AllOrNothing);
        var charges = Charges(fields, request);
        var wishes = Wishes(fields, request);
        var method = Method(fields, request.PaymentMethod, payment);
        if (fields.Errors.Count == 0) CheckPrices(fields, lines, payment, request);
        if (request.Gift is { } gift) fields.Text("/gift/message", gift.Message, MaxGiftMessage);
        foreach (var name in request.Other?.Keys.Where(Ours.Contains) ?? [])
            fields.Add($"/{JsonText.Escape(name)}", "reserved-field",
                "is what our answer tells; an order cannot set it");
        OrderCustoms? terms = request.Terms is null ? null : new(fields.Word<Incoterm>("/terms", request.Terms));
        var personal = Personal(request);
        if (personal.Length + (options.IsDefault ? 0 : options.Sum(o => (long)o.Length)) > MaxPersonalBytes)
            fields.Add("", "too-long",
                $"customer, shipTo, gift, options and unknown fields together may have {MaxPersonalBytes} bytes");
        fields.Check();
        var screened = request.Screening ?? method is { Provider: not Order.CreditAccount };
        return new(channel, orderedAt, shipTo, lines, payment, allocation, request.Customer, personal, charges, method,
            screened ? request : null, wishes, options, terms);
    }

    /// <summary>The order to place, with the buyer sealed.</summary>
    public static async ValueTask<OrderCommand.Place> Seal(Draft draft, string id, string seller, Backend backend)
    {
        Personal<Buyer>? buyer = draft.Personal.IsEmpty ? null
            : await backend.Keyring.Seal<Buyer>(Subject(draft.Customer, id, seller, backend), draft.Personal);
        var lines = draft.Options.IsDefault ? draft.Lines
            : await SoldLines.Seal(draft, Subject(draft.Customer, id, seller, backend), backend);
        var signals = draft.Screened is not { } r ? null
            : SignalReader.Read(r.Customer, r.ShipTo, r.BillTo, r.PaymentMethod, draft.OrderedAt,
                text => backend.Keyring.Pseudonym(seller, text)) ?? new Signals();
        return new(
            draft.Channel, draft.OrderedAt, draft.ShipTo, buyer, lines, draft.Payment, draft.Allocation,
            draft.Charges, draft.Method, signals, draft.Wishes, draft.Customs);
    }

    /// <summary>The buyer with another address, sealed for the same subject.</summary>
    public static async ValueTask<Personal<Buyer>> Readdress(
        Personal<Buyer>? buyer, JsonElement shipTo, string id, string seller, Backend backend)
    {
        var known = await Open(buyer, backend);
        OrderRequest request = new()
        {
            Customer = known.Customer,
            ShipTo = shipTo,
            BillTo = known.BillTo,
            Gift = known.Gift,
            Other = known.Other,
        };
        return await backend.Keyring.Seal<Buyer>(
            buyer?.Subject ?? Subject(null, id, seller, backend), Personal(request));
    }

    /// <summary>What the buyer wants beside the goods; null for nothing.</summary>
    static Wishes? Wishes(Fields fields, OrderRequest request)
    {
        if (request is { DeliverBy: null, ShipComplete: null or false, NotBefore: null, Priority: null }) return null;
        Wishes wishes = new(
            fields.Date("/deliverBy", request.DeliverBy), request.ShipComplete ?? false,
            fields.Time("/notBefore", request.NotBefore),
            fields.Number("/priority", request.Priority ?? 0, -1_000, 1_000));
        return wishes == new Wishes() ? null : wishes;
    }

    static OrderCharges? Charges(Fields fields, OrderRequest request)
    {
        var shipping = fields.Money("/shipping", request.Shipping);
        var discount = fields.Money("/discount", request.Discount);
        return request is { Shipping: null, Discount: null, TaxIncluded: null } ? null
            : new(shipping?.AmountMinor ?? 0, discount?.AmountMinor ?? 0, request.TaxIncluded ?? false);
    }

    /// <summary>How the buyer pays; the policy says whether somebody has to be asked for the money.</summary>
    static PaymentMethod? Method(Fields fields, JsonElement? given, PaymentPolicy payment)
    {
        var needs = payment is PaymentPolicy.Authorise or PaymentPolicy.OnAccount;
        if (given is null)
        {
            if (needs) fields.Add("/paymentMethod", "required", "is missing; this payment needs one");
            return null;
        }

        if (given.Value.ValueKind != JsonValueKind.Object)
        {
            fields.Add("/paymentMethod", "wrong-type", "must be an object");
            return null;
        }

        var before = fields.Errors.Count;
        var provider = Text(fields, given.Value, "provider", "/paymentMethod");
        var token = Text(fields, given.Value, "token", "/paymentMethod");
        if (fields.Errors.Count > before) return null;
        var method = PaymentsApi.Method(fields, "/paymentMethod", provider, token);
        if (payment is PaymentPolicy.None or PaymentPolicy.CashOnDelivery)
            fields.Add("/paymentMethod", "not-expected", "nobody is asked for the money of an order paid like this");
        else if (method.Provider == Order.CreditAccount != (payment == PaymentPolicy.OnAccount))
            fields.Add("/paymentMethod/provider", "payment-mismatch",
                "must be account for an order on account, and another provider for others");
        return method;
    }

    /// <summary>
    /// Where the goods go; null when it is not told. Of an order that was placed elsewhere before
    /// (<paramref name="isHistory"/>) the country alone may be known; that is where it went, and nowhere to deliver.
    /// </summary>
    internal static Destination? ShipTo(Fields fields, JsonElement? shipTo, bool isHistory)
    {
        if (shipTo is null) return null;
        if (shipTo.Value.ValueKind != JsonValueKind.Object)
        {
            fields.Add("/shipTo", "wrong-type", "must be an object");
            return null;
        }

        var country = fields.Country(
            "/shipTo/country", Text(fields, shipTo.Value, "country", "/shipTo"), required: true);
        var isAddress = !isHistory || shipTo.Value.EnumerateObject().Any(
            p => p.Name is not ("country" or "postcode") && p.Value.ValueKind != JsonValueKind.Null);
        var postcode = fields.Postcode(
            "/shipTo/postcode", country, Text(fields, shipTo.Value, "postcode", "/shipTo"), isAddress);
        foreach (var (name, pointer) in AddressTextFields)
        {
            var text = fields.OptionalText(pointer, Text(fields, shipTo.Value, name, "/shipTo"), MaxText);
            if (name is "line1" or "city" && text is not null && string.IsNullOrWhiteSpace(text))
                fields.Add(pointer, "required", "is empty; leave it out where it is not known");
        }

        fields.Together(
            "/shipTo/latitude", IsMissing(shipTo.Value, "latitude"), "/shipTo/longitude",
            IsMissing(shipTo.Value, "longitude"));
        return new(
            country ?? "", postcode, Degrees(fields, shipTo.Value, "latitude", 90),
            Degrees(fields, shipTo.Value, "longitude", 180));
    }

    static bool IsMissing(JsonElement shipTo, string name) =>
        !shipTo.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null;

    /// <summary>A tenth of a degree: near enough for distances, and not where somebody lives.</summary>
    static double? Degrees(Fields fields, JsonElement shipTo, string name, int most)
    {
        if (IsMissing(shipTo, name)) return null;
        var value = shipTo.GetProperty(name);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var degrees) && Math.Abs(degrees) <= most)
            return Math.Round(degrees, 1);
        fields.Add($"/shipTo/{name}", "out-of-range", $"must be from {-most} to {most} degrees");
        return null;
    }

    static string? Text(Fields fields, JsonElement parent, string name, string at)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        fields.Add($"{at}/{name}", "wrong-type", "must be text");
        return null;
    }

    static ImmutableArray<OrderLine> Lines(Fields fields, IReadOnlyList<LineRequest?>? lines)
    {
        if (lines is null or { Count: 0 }) fields.Add("/lines", "required", "an order needs a line");
        else if (lines.Count > Order.MaxLines)
            fields.Add("/lines", "too-many", $"an order may have {Order.MaxLines} lines, this one has {lines.Count}");
        if (lines is null || lines.Count > Order.MaxLines) return [];

        HashSet<string>? ids = lines.Count > 1 ? [] : null;
        var read = ImmutableArray.CreateBuilder<OrderLine>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i] is not { } line)
            {
                fields.Add($"/lines/{i}", "wrong-type", "must be an object");
                continue;
            }

            var at = i == 0 ? First : LineFields.Of(i);
            var id = line.Id is null ? at.Number : fields.Id(at.Id, line.Id);
            if (ids?.Add(id) == false) fields.Add(at.Id, "duplicate", $"the id {id} is used by another line");
            var sold = SoldLines.Listing(fields, i, line.Listing);
            read.Add(new(
                id, sold is not null && line.Sku is null ? "" : fields.Id(at.Sku, line.Sku),
                fields.Number(at.Quantity, line.Quantity, 1, int.MaxValue),
                fields.Money(at.UnitPrice, line.UnitPrice), Charge(fields, i, "discount", line.Discount),
                Charge(fields, i, "tax", line.Tax), sold));
        }

        return read.DrainToImmutable();
    }

    static long Charge(Fields fields, int line, string name, MoneyBody? value) =>
        value is null ? 0 : fields.Money($"/lines/{line}/{name}", value)!.Value.AmountMinor;

    /// <summary>Most orders have one line.</summary>
    static readonly LineFields First = LineFields.Of(0);

    /// <summary>Where a line's fields are, and its id when it has none.</summary>
    sealed record LineFields(string Number, string Id, string Sku, string Quantity, string UnitPrice)
    {
        public static LineFields Of(int i) => new(
            $"{i + 1}", $"/lines/{i}/id", $"/lines/{i}/sku", $"/lines/{i}/quantity", $"/lines/{i}/unitPrice");
    }

    /// <summary>
    /// Prices and charges are in one currency, discounts are at most what they are taken from, the total fits, and who
    /// is asked for money has to know how much.
    /// </summary>
    static void CheckPrices(
        Fields fields, ImmutableArray<OrderLine> lines, PaymentPolicy payment, OrderRequest request)
    {
        string? currency = null;
        Int128 total = 0, discounted = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            var (line, asked) = (lines[i], request.Lines![i]!);
            if (line.UnitPrice is not { } price)
            {
                if (payment != PaymentPolicy.None || (asked.Discount ?? asked.Tax ?? request.Shipping
                    ?? request.Discount) is not null)
                    fields.Add($"/lines/{i}/unitPrice", "required", payment == PaymentPolicy.Prepaid
                        ? "is missing; a prepaid order needs a price on every line"
                        : "is missing; an order with charges or a payment needs a price on every line");
                continue;
            }

            currency ??= price.Currency;
            Same(price.Currency, "unitPrice", i);
            Same(asked.Discount?.Currency, "discount", i);
            Same(asked.Tax?.Currency, "tax", i);
            var value = (Int128)price.AmountMinor * line.Quantity;
            if (line.DiscountMinor > value)
                fields.Add($"/lines/{i}/discount/amount", "out-of-range", "must be at most what the line costs");
            total += value + line.TaxMinor;
            discounted += value - line.DiscountMinor;
        }

        Same(request.Shipping?.Currency, "shipping");
        Same(request.Discount?.Currency, "discount");
        if (request.Discount?.Amount > discounted && fields.Errors.Count == 0)
            fields.Add("/discount/amount", "out-of-range", "must be at most what the lines cost");
        if (total + (request.Shipping?.Amount ?? 0) > long.MaxValue)
            fields.Add("/lines", "out-of-range", "the total is too large");

        void Same(string? given, string field, int? line = null)
        {
            if (given is not null && currency is not null && given != currency)
                fields.Add(
                    line is null ? $"/{field}/currency" : $"/lines/{line}/{field}/currency", "mixed-currencies",
                    $"must be {currency}, as on the lines before");
        }
    }

    /// <summary>Customer, addresses, gift and unknown fields as one JSON object; empty when there are none.</summary>
    static ReadOnlyMemory<byte> Personal(OrderRequest request)
    {
        if (request is { Customer: null, ShipTo: null, BillTo: null, Gift: null, Other: null }) return default;
        System.Buffers.ArrayBufferWriter<byte> bytes = new(512);
        using Utf8JsonWriter writer = new(bytes);
        writer.WriteStartObject();
        if (request.Customer is { } customer) Write(writer, "customer", customer);
        if (request.ShipTo is { } shipTo) Write(writer, "shipTo", shipTo);
        if (request.BillTo is { } billTo) Write(writer, "billTo", billTo);
        if (request.Gift is { } gift)
        {
            writer.WriteStartObject("gift");
            writer.WriteString("message", gift.Message);
            writer.WriteEndObject();
        }

        if (request.Other is { } other)
        {
            writer.WriteStartObject("other");
            foreach (var (name, value) in other.OrderBy(o => o.Key, StringComparer.Ordinal)) Write(writer, name, value);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenMemory;
    }

    static void Write(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }

    /// <summary>
    /// The data subject: a pseudonym of the customer's id or e-mail as the seller knows it, so that all his orders
    /// share a key; without either, of the order.
    /// </summary>
    static string Subject(JsonElement? customer, string id, string seller, Backend backend)
    {
        var known = customer is { } c
            && (c.TryGetProperty("id", out var value) || c.TryGetProperty("email", out value))
            && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
                ? $"customer {value.GetRawText().Trim('"').ToLowerInvariant()}" : $"order {id}";
        return backend.Keyring.Pseudonym(seller, known);
    }

    /// <summary>What was sealed, again; empty when its key was destroyed or there was nothing.</summary>
    public static async ValueTask<Opened> Open(Personal<Buyer>? buyer, Backend backend)
    {
        if (buyer is null || await backend.Keyring.Open(buyer) is not { } text) return default;
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement.Clone();
        return new(
            Part("customer"), Part("shipTo"), Part("billTo"),
            Part("gift") is { } gift ? new(gift.GetProperty("message").GetString()) : null,
            Part("other")?.EnumerateObject().ToDictionary(p => p.Name, p => p.Value));

        JsonElement? Part(string name) => root.TryGetProperty(name, out var part) ? part : null;
    }

    /// <summary>What a channel told of a buyer, as it sent it; null what it did not tell.</summary>
    public readonly record struct Opened(
        JsonElement? Customer, JsonElement? ShipTo, JsonElement? BillTo, GiftBody? Gift,
        Dictionary<string, JsonElement>? Other)
    {
        /// <summary>Nothing was told, or it cannot be read any more.</summary>
        public bool IsNothing => this is { Customer: null, ShipTo: null, BillTo: null, Gift: null, Other: null };
    }
}
