using System.Text.Json;
using Fulfillment.Client.Papers;
using Fulfillment.Composition;
using Fulfillment.Connectors;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>Labels of parcels: priced, bought once, printed again byte by byte, voided.</summary>
static class ParcelLabelsApi
{
    /// <summary>The longest that a label waits to be used, in days.</summary>
    public const int MostVoidDays = 60;

    const int MaxService = 100, MaxReason = 200, UsualVoidDays = 7;

    /// <summary>Adds the routes.</summary>
    public static void MapParcelLabels(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/parcels/{parcel}/rates", Quote)
            .Describe("quoteParcel", "Prices of carriers for the parcel, and which one is taken", "shipping")
            .Accepts<ParcelRatesRequest>("application/json").Answers<RatesBody>(200).Refuses(400, 404, 409);
        routes.MapPost("/v1/parcels/{parcel}/label", Buy)
            .Describe("buyLabel", "Buys a label: the cheapest that meets the promised day, or a named one", "shipping")
            .Accepts<LabelRequest>("application/json").Answers<ParcelBody>(201, 200, 202)
            .Refuses(400, 404, 409, 422);
        routes.MapPost("/v1/parcels/{parcel}/void", Void)
            .Describe("voidLabel", "The label is given up and voided; pick and pack stay", "shipping")
            .Accepts<LabelVoidRequest>("application/json").Answers<ParcelBody>(200, 202)
            .Refuses(400, 404, 409, 422);
        routes.MapParcelCustoms();
        routes.MapGet("/v1/parcels/{parcel}/label", Print)
            .Describe("printLabel", "The label as it was bought, byte by byte", "shipping")
            .Produces<byte[]>(200, PaperAnswer.Type, ZplType, "image/gif").Produces(304).Refuses(400, 404, 410);
        routes.MapLabelBatches();
        routes.MapGet("/v1/parcels/{parcel}/papers/{number:int}", Paper)
            .Describe("printParcelPaper", "Another paper that its carrier gave with the label", "shipping")
            .AnswersPaper().Refuses(400, 404, 410);
    }

    /// <summary>The media type of ZPL II.</summary>
    const string ZplType = "application/zpl";

    static async Task<IResult> Quote(
        HttpContext http, Backend backend, RateShop shop, TimeProvider time, string parcel)
    {
        Requests.PathId("parcel", parcel);
        var seat = http.Seat(backend);
        var request = Requests.Parse((await http.Body()).Span, ApiJson.Wire.ParcelRatesRequest);
        Fields fields = new();
        var shipOn = fields.Date("/shipOn", request.ShipOn);
        var by = fields.Date("/deliverBy", request.DeliverBy);
        if (request.Currency is not null) fields.Currency("/currency", request.Currency);
        var carriers = RateReader.Carriers(fields, request.Carriers);
        fields.Check();
        if ((await seat.Parcel(parcel).Get(http.RequestAborted)).Parcel is not { } sheet)
            return ParcelsApi.Unknown(parcel);
        var way = await ParcelWay.Of(seat, backend, sheet.Terms.Order, sheet.Terms.Node, http);
        var ask = way.Ask(sheet.Terms, Day(backend, seat, way, sheet.Terms, shipOn, time), request.Currency);
        by ??= sheet.Terms.DeliverBy;
        var told = await Prices(shop, way, sheet.Terms.Node, ask, carriers, http.RequestAborted);
        return Answer.Ok(
            RatesApi.Body(
                ask, by, told, RateChoice.Of(told.Rates, by, ask.Currency, sheet.Terms.Value?.Currency)),
            ApiJson.Wire.RatesBody);
    }

    static async Task<IResult> Buy(
        HttpContext http, Backend backend, RateShop shop, TimeProvider time, string parcel)
    {
        Requests.PathId("parcel", parcel);
        var (seat, operation, asked) = await http.Change(backend, ApiJson.Wire.LabelRequest, Read);
        var (now, problem) = await Begin(http, backend, seat, shop, time, parcel, operation, asked);
        if (problem is not null) return problem;
        var isNew = now!.Status == ParcelReplyStatus.Done;
        var number = now.Number!.Value;
        now = await ParcelsApi.Settled(http, seat.Parcel(parcel), now);
        var label = now.Parcel!.Labels[number - 1];
        if (label.State == LabelState.Refused || (isNew && label is { BoughtAt: not null, IsLive: false }))
            return NotBought(label, parcel);
        if (label.State is LabelState.Checking or LabelState.Asked or LabelState.Unclear)
            return Answer.Accepted(
                now.Parcel.Body(parcel, now.Version), ApiJson.Wire.ParcelBody, $"/v1/parcels/{parcel}");
        return isNew
            ? Answer.Created(
                now.Parcel.Body(parcel, now.Version), ApiJson.Wire.ParcelBody, $"/v1/parcels/{parcel}", now.Version)
            : ParcelsApi.Ok(now, parcel);
    }

    /// <summary>Begins to buy a label, or finds it begun; its number is in the reply.</summary>
    internal static async ValueTask<(ParcelReply? Now, Problem? Refused)> Begin(
        HttpContext http, Backend backend, Seat seat, RateShop shop, TimeProvider time, string parcel, string operation,
        Asked asked)
    {
        var at = seat.Parcel(parcel);
        var now = await at.Get(http.RequestAborted);
        if (now.Parcel is not { } sheet) return (null, ParcelsApi.Unknown(parcel));
        // A repeat is not priced again.
        var terms = sheet.Labels.FirstOrDefault(l => l.Id == operation)?.Terms
            ?? await Terms(http, backend, seat, shop, time, parcel, sheet, asked);
        now = await at.Change(
            new ParcelCommand.Buy(operation, asked.Content, terms, asked.By), http.RequestAborted);
        return (now, ParcelAnswers.Refused(now, parcel, operation));
    }

    /// <summary>A label as it is asked for.</summary>
    internal sealed record Asked(
        string? Carrier, string? Service, LabelFormat Format, DateOnly? ShipOn, string? Override, int VoidDays,
        string By, long Content);

    internal static Asked Read(Fields fields, LabelRequest r)
    {
        // A service is one of a carrier.
        if (r.Carrier is not null || r.Service is not null) fields.Carrier("/carrier", r.Carrier);
        var format = fields.Word<LabelFormat>("/format", r.Format, LabelFormat.Pdf);
        if (format == LabelFormat.Gif) fields.Add("/format", "out-of-range", "must be pdf or zpl");
        return new(
            r.Carrier, fields.OptionalText("/service", r.Service, MaxService), format,
            fields.Date("/shipOn", r.ShipOn),
            r.Override is null ? null : fields.Text("/override", r.Override, MaxReason),
            (int)fields.Number("/voidAfterDays", r.VoidAfterDays ?? UsualVoidDays, 0, MostVoidDays),
            r.By is null ? "api" : fields.Id("/by", r.By),
            Fingerprint.Of(
                "label", r.Carrier, r.Service, r.Format, r.ShipOn, r.Override, $"{r.VoidAfterDays}"));
    }

    /// <summary>
    /// The label to buy: what the promise and the prices say, or what was named. Throws where nothing can be bought, or
    /// where it is another than the promise says and nobody says why.
    /// </summary>
    static async ValueTask<LabelTerms> Terms(
        HttpContext http, Backend backend, Seat seat, RateShop shop, TimeProvider time, string parcel,
        ParcelSheet sheet, Asked asked)
    {
        var way = await ParcelWay.Of(seat, backend, sheet.Terms.Order, sheet.Terms.Node, http);
        if (asked.Carrier is { } carried && way.CrossesBorder && shop.Carriers.Find(carried) is { } desk
            && !desk.Carrier.Can.HasFlag(CarrierAbility.Customs))
            throw new ProblemException(Problem.Conflict(
                "customs-not-declared", $"{carried} declares nothing to customs, and parcel {parcel} goes from "
                + $"{way.From.Country} to {way.To.Country}: take a carrier who does."));
        var shipOn = Day(backend, seat, way, sheet.Terms, asked.ShipOn, time);
        var ask = way.Ask(sheet.Terms, shipOn, null);
        var customs = await ParcelCustoms.Of(
            http, backend, seat, shop.Carriers.Duties, way, sheet.Terms, parcel, shipOn);
        if (asked.Carrier is { } named && LabelNeeds.Of(shop, way, named, sheet.Terms.Node) is [_, ..] lacks)
            throw LabelNeeds.Refused(named, lacks);
        string[]? names = asked is { Service: null, Carrier: { } only } ? [only] : null;
        var told = await Prices(shop, way, sheet.Terms.Node, ask, names, http.RequestAborted);
        var choice = RateChoice.Of(
            told.Rates, sheet.Terms.DeliverBy, preferred: sheet.Terms.Value?.Currency);
        var (carrier, service, rate) = Chosen(asked, told, choice);
        var isBest = choice.Best is { } best && best.Carrier == carrier && best.Service == service && names is null;
        if (asked.Service is not null && !isBest && asked.Override is null)
            throw new ProblemException(Problem.Conflict(
                "override-required", (choice.Best is { } b
                    ? $"{b.Carrier} {b.Service} meets the promise for {MoneyText.Of(b.Price)}: "
                    : "No service is known to meet the promise: ") + "say with override why it is another one."));
        var to = await backend.Keyring.Seal<ShipAddress>(
            way.Subject, JsonSerializer.SerializeToUtf8Bytes(way.To, LabelsJson.Default.ShipAddress));
        return new(
            carrier, service, asked.Format, shipOn, way.From, to, [sheet.Terms.Order], rate?.Price, rate?.Source,
            isBest ? null : asked.Override ?? (names is null ? null : $"carrier {carrier} was named"),
            HandOvers.EndOf(shipOn.AddDays(asked.VoidDays), way.TimeZone),
            customs, way.TimeZone, Order.AddressOf(way.Order.Placed));
    }

    /// <summary>Prices for the way; over a border only carriers count that declare the goods.</summary>
    static async ValueTask<ShopReply> Prices(
        RateShop shop, ParcelWay way, string node, RateAsk ask, IReadOnlyList<string>? names,
        CancellationToken cancel)
    {
        var told = LabelNeeds.Without(shop, way, node, await shop.Ask(ask, names, cancel));
        if (!way.CrossesBorder) return told;
        var silent = told.Rates.Where(
            r => shop.Carriers.Find(r.Carrier)?.Carrier.Can.HasFlag(CarrierAbility.Customs) != true).ToArray();
        return told with
        {
            Rates = [.. told.Rates.Except(silent)],
            Rejected =
            [
                .. told.Rejected,
                .. silent.Select(r => new RejectedRate(
                    r.Carrier, r.Service, RateRejection.NotServed, r, Says: "He declares nothing to customs.")),
            ],
        };
    }

    static (string Carrier, string Service, Rate? Rate) Chosen(Asked asked, ShopReply told, RateChoice choice)
    {
        if (asked is { Carrier: { } carrier, Service: { } service })
            return (carrier, service, told.Rates.FirstOrDefault(r => r.Carrier == carrier && r.Service == service));
        if (choice.Best is { } best) return (best.Carrier, best.Service, best);
        var why = choice.Rejected.Concat(told.Rejected).Take(5)
            .Select(r => $"{string.Join(' ', new[] { r.Carrier, r.Service }.OfType<string>())}: "
                + Words<RateRejection>.Of(r.Reason));
        FieldError[] missing =
        [
            .. told.Rejected.Where(r => r is { Reason: RateRejection.Incomplete, Code: not null })
                .DistinctBy(r => (r.Carrier, r.Code)).Select(r => new FieldError(
                    r.Code!, "carrier-data-missing", $"is missing, or not as {r.Carrier} takes it")),
        ];
        throw new ProblemException(new(
            409, "no-service", "The state does not allow it.",
            $"No service takes it in time: {string.Join("; ", why)}. POST its rates for all reasons.",
            missing.Length > 0 ? missing : null));
    }

    /// <summary>The day that was asked for, else the next one on which it can be handed over there.</summary>
    static DateOnly Day(
        Backend backend, Seat seat, ParcelWay way, ParcelTerms terms, DateOnly? shipOn, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var today = way.Today(now);
        if (shipOn is not { } day)
            return HandOvers.Next(
                backend.Views.Rules.At(seat.Seller, now).Rules,
                new(terms.Node, way.Facts, way.From.Country, way.To.Country, way.To.Postcode, terms.Spec.Grams), now);
        return day >= today && day <= today.AddDays(RateReader.MostDaysAhead) ? day
            : throw new ProblemException(Problem.Invalid(
                "/shipOn", "out-of-range", $"must be from {today:O} to {RateReader.MostDaysAhead} days ahead"));
    }

    internal static Problem NotBought(ParcelLabelStep label, string parcel) =>
        label.InParcel is { } other ? ParcelAnswers.InParcel($"parcel {parcel}", other)
        : label.Stopped is FulfilStatus.OtherAddress ? ParcelAnswers.AddressChanged($"of parcel {parcel}")
        : label.Stopped is { } stopped
        ? Problem.Conflict(
            "units-stopped", $"The order does not let the goods of parcel {parcel} go: "
            + $"{Words<FulfilStatus>.Of(stopped)}. "
            + (label.BoughtAt is null ? "Nothing was bought." : "Its label is being voided."))
        : label.BoughtAt is not null
        ? Problem.Conflict(
            "label-lost", $"Label {label.Number} of parcel {parcel} was bought, and {label.Terms.Carrier} does not give"
            + " it out again: it is being voided. Buy another under a new id.")
        : Problem.Conflict(
            "label-refused", label.Refusal is { } refusal
                ? $"{label.Terms.Carrier} refuses ({refusal.Code}): {refusal.Says ?? "no reason given"}. "
                    + "Nothing was bought."
                : $"Label {label.Number} of parcel {parcel} was given up before it was bought.");

    static async Task<IResult> Void(HttpContext http, Backend backend, string parcel)
    {
        Requests.PathId("parcel", parcel);
        var (seat, operation, give) = await http.Change(
            backend, ApiJson.Wire.LabelVoidRequest, (fields, r) => new ParcelCommand.GiveUp(
                "", fields.Text("/reason", r.Reason, MaxReason), r.By is null ? "api" : fields.Id("/by", r.By),
                r.Label is { } number ? (int)fields.Number("/label", number, 1, Parcel.MaxLabels) : null));
        var at = seat.Parcel(parcel);
        var reply = await at.Change(give with { Id = operation }, http.RequestAborted);
        return ParcelAnswers.Refused(reply, parcel, operation) ?? await ParcelsApi.Settled(http, at, reply, parcel);
    }

    static async Task<IResult> Print(HttpContext http, Backend backend, string parcel, string? label)
    {
        var (found, refused) = await Label(http, backend, parcel, label);
        return found is { Label: { } paper } ? await Sent(http, backend, found, paper, $"label-{parcel}") : refused!;
    }

    static async Task<IResult> Paper(HttpContext http, Backend backend, string parcel, int number, string? label)
    {
        var (found, refused) = await Label(http, backend, parcel, label);
        if (found is null) return refused!;
        return number >= 1 && number <= found.Papers.Length
            ? await Sent(http, backend, found, found.Papers[number - 1], $"paper-{parcel}-{number}")
            : Problem.NotFound("unknown-paper", $"Label {found.Number} of parcel {parcel} has {found.Papers.Length}.");
    }

    static async ValueTask<(ParcelLabelStep? Label, IResult? Refused)> Label(
        HttpContext http, Backend backend, string parcel, string? label)
    {
        Requests.PathId("parcel", parcel);
        var number = 0;
        if (label is not null && !(int.TryParse(label, out number) && number > 0))
            return (null, Problem.Invalid("label", "out-of-range", "must be the number of a label"));
        if ((await http.Seat(backend).Parcel(parcel).Get(http.RequestAborted)).Parcel is not { } sheet)
            return (null, ParcelsApi.Unknown(parcel));
        var found = label is null ? sheet.Label
            : sheet.Labels.FirstOrDefault(l => l.Number == number && l.Label is not null);
        return found is null
            ? (null, Problem.NotFound("no-label", $"Parcel {parcel} has no such label that could be printed."))
            : (found, null);
    }

    internal static Problem Erased() =>
        new(410, "address-erased", "It is gone.", "The buyer's data was erased, and this with it.");

    static async Task<IResult> Sent(
        HttpContext http, Backend backend, ParcelLabelStep label, StoredPaper paper, string name)
    {
        LabelSafe safe = new(backend.Keyring, backend.Files);
        var bytes = await safe.Read(http.Seller(), label.Terms.To.Subject, paper, http.RequestAborted);
        if (bytes is null) return Erased();
        if (LabelDraft.Read(bytes) is { } draft) bytes = new CourierLabelPrinter().Draw(draft, paper.Format);
        return PaperAnswer.Of(http, name, bytes, paper.Format switch
        {
            LabelFormat.Pdf => PaperAnswer.Type,
            LabelFormat.Zpl => ZplType,
            LabelFormat.Gif => "image/gif",
        });
    }
}
