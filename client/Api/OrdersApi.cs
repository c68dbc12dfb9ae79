using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Ordering;

namespace Fulfillment.Client.Api;

/// <summary>Orders: placed, looked at, paid, cancelled.</summary>
public static class OrdersApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/orders", PlaceOne).Describe("placeOrder", "Places an order", "orders")
            .Accepts<OrderRequest>("application/json").Answers<OrderBody>(201, 200, 202).Refuses(400, 409, 422);
        routes.MapGet("/v1/orders", List).Describe("listOrders", "Orders, newest first", "orders")
            .Answers<PageBody<OrderListBody>>(200).Refuses(400);
        routes.MapGet("/v1/orders/{id}", Get).Describe("getOrder", "An order", "orders").Answers<OrderBody>(200)
            .Refuses(404);
        routes.MapPost("/v1/orders/{id}/cancel", Cancel)
            .Describe("cancelOrder", "Cancels an order, lines or units of it", "orders")
            .Accepts<CancelRequest>("application/json").Answers<OrderBody>(200, 202).Refuses(400, 404, 409, 412, 422);
        routes.MapPost("/v1/orders/{id}/payment-confirmed", ConfirmPayment)
            .Describe("confirmPayment", "Confirms that so much was paid", "orders")
            .Accepts<PaymentRequest>("application/json").Answers<OrderBody>(200).Refuses(400, 404, 409, 412, 422);
        routes.MapGet("/v1/orders/{id}/timeline", TimelineApi.Get)
            .Describe("getOrderTimeline", "Everything that happened to an order", "orders").Answers<TimelineBody>(200)
            .Refuses(404);
    }

    static async Task<IResult> PlaceOne(HttpContext http, Backend backend, TimeProvider time)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.OrderRequest);
        var draft = OrderIntake.Read(request);
        var id = await http.Operation(backend, seat, request.Id, body);
        var (place, refused) = await Judge(draft, id, seat, backend, time.GetUtcNow());
        return refused ?? await Place(place!, id, seat, http.Wait());
    }

    /// <summary>
    /// The order as it is placed; or why what it is compared with (listings, the calendar, rules of the seller) refuses
    /// it.
    /// </summary>
    internal static async ValueTask<(OrderCommand.Place? Place, Problem? Refused)> Judge(
        OrderIntake.Draft draft, string id, Seat seat, Backend backend, DateTimeOffset now)
    {
        if (draft.HasListings)
        {
            (draft, var unknown) = await SoldLines.Resolve(draft, id, seat);
            if (unknown.Count > 0) return (null, Problem.Invalid(unknown));
        }

        var faults = Horizon.Faults(draft.Wishes, now);
        if (faults.Count > 0 && await seat.Order(id).Get() is null) return (null, Problem.Invalid(faults));
        var prohibited = await backend.Compliance.Refused(seat, draft, CancellationToken.None);
        if (prohibited.Count > 0 && await seat.Order(id).Get() is null)
            return (null, ComplianceApi.Prohibited(prohibited));
        (draft, var lacking) = await CustomsCheck.Judge(backend, seat, draft, id);
        return lacking is not null ? (null, lacking)
            : (await OrderIntake.Seal(draft, id, seat.Seller, backend), null);
    }

    /// <summary>
    /// Places an order and waits for stock to decide, at most as long as the caller wants. Who does not wait is told
    /// where the outcome will be, even if it is there already: he need not expect two kinds of answers.
    /// </summary>
    internal static async ValueTask<IResult> Place(OrderCommand.Place place, string id, Seat seat, TimeSpan wait)
    {
        var order = seat.Order(id);
        var placing = order.Place(place, CancellationToken.None);
        // Asked at once: it waits at the order for the decision, while the placing is on its way to the disk.
        var started = Stopwatch.GetTimestamp();
        var deciding = wait > TimeSpan.Zero ? Decision(order, wait) : null;
        var placed = await placing;
        var location = $"/v1/orders/{id}";
        switch (placed.Status)
        {
            case PlaceStatus.Placed or PlaceStatus.AlreadyPlaced:
                var decided = deciding is null ? null : await deciding;
                // On its way to another silo the question may have overtaken the order: it is asked again.
                if (deciding is not null && decided is null && wait - Stopwatch.GetElapsedTime(started) is var left
                    && left > TimeSpan.Zero)
                    decided = await Decision(order, left);
                var body = (decided ?? placed.Order ?? await AsItStands(order)).Body(id);
                var unasked = deciding is null && placed.Status == PlaceStatus.Placed;
                if (body.RejectedBecause is { } why && !unasked) return await Rejected(body, why, seat);
                if (body.Status == "received" || unasked)
                    return Answer.Accepted(body, ApiJson.Wire.OrderBody, location);
                return placed.Status == PlaceStatus.Placed
                    ? Answer.Created(body, ApiJson.Wire.OrderBody, location, body.Version)
                    : Answer.Ok(body, ApiJson.Wire.OrderBody, body.Version);
            case PlaceStatus.DifferentContent:
                return Problem.OtherContent($"Order id {id}");
            case PlaceStatus.NoLines:
                return Problem.Invalid("/lines", "required", "an order needs a line");
            case PlaceStatus.TooManyLines:
                return Problem.Invalid("/lines", "too-many", $"an order may have {Order.MaxLines} lines");
            case PlaceStatus.QuantityNotPositive:
                return Problem.Invalid("/lines", "out-of-range", "a quantity must be positive");
            case PlaceStatus.DuplicateLine:
                return Problem.Invalid("/lines", "duplicate", "two lines have one id");
            case PlaceStatus.MixedCurrencies:
                return Problem.Invalid("/lines", "mixed-currencies", "all prices must be in one currency");
            case PlaceStatus.PriceMissing:
                return Problem.Invalid("/lines", "required", "a prepaid order needs a unitPrice on every line");
            case PlaceStatus.AmountTooLarge:
                return Problem.Invalid("/lines", "out-of-range", "the total is too large");
            case PlaceStatus.BadCharges:
                return Problem.Invalid("/lines", "bad-charges", "a discount must be at most what the line costs");
            case PlaceStatus.MethodMismatch:
                return Problem.Invalid("/paymentMethod", "payment-mismatch", "does not fit the payment");
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The order once stock has decided; null when that takes longer than the caller waits.</summary>
    internal static async Task<OrderReply?> Decision(IOrder order, TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero) return null;
        try
        {
            return await order.Outcome(Deadline.In(wait));
        }
        catch (Exception e) when (e is OperationCanceledException or ClusterException)
        {
            // Who waits for an outcome can always ask for it later.
            return null;
        }
    }

    /// <summary>
    /// An order that was placed: that it cannot be asked just now does not undo it, and the caller is told.
    /// </summary>
    static async Task<OrderReply> AsItStands(IOrder order)
    {
        try
        {
            return (await order.Get())!;
        }
        catch (ClusterException e)
        {
            throw new ClusterException(
                e.Fault, "The order was taken in, but how it stands cannot be told now. Ask for it, or repeat it.", e);
        }
    }

    static async ValueTask<Problem> Rejected(OrderBody body, string why, Seat seat)
    {
        Dictionary<string, Inventory.SkuCard> cards = [];
        if (why is "sold-out" or "not-orderable") (body, cards) = await LiveStock.Offer(seat, body);
        var lines = string.Join("; ", (body.Short ?? []).DistinctBy(s => why == "unknown-sku" ? s.Line : s.Sku)
            .Take(5).Select(s => why == "unknown-sku" ? $"line {s.Line}: there is no SKU {s.Sku}"
                : why == "not-orderable" ? $"line {s.Line}: {s.Sku} is not sold yet, or not any more"
                : Lacking(body, s, cards.GetValueOrDefault(s.Sku))));
        return Problem.Conflict(why, $"The order was rejected. {lines}.", body);
    }

    /// <summary>What all lines of the SKU together want, and what there is.</summary>
    static string Lacking(OrderBody body, ShortLineBody s, Inventory.SkuCard? card)
    {
        var lines = body.Lines.Where(l => l.Sku == s.Sku).ToList();
        var (name, wanted) = lines.Count > 1
            ? ($"lines {string.Join(", ", lines.Take(5).Select(l => l.Id))}{(lines.Count > 5 ? " ..." : "")}",
                lines.Sum(l => (long)l.Quantity - l.Cancelled))
            : ($"line {s.Line}", s.Wanted);
        return $"{name}: {wanted} of {s.Sku} wanted, {s.Available} available" + card switch
        {
            { Backorder: true, SupplyOnly: true } => ", and backordered is only what supply is expected for",
            { Backorder: true, BackorderCap: { } cap } => $", and at most {cap} may be backordered by all orders",
            _ => "",
        };
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, TimeProvider time, string id, string? at)
    {
        Requests.PathId("id", id);
        backend = backend.AsOf(at, time);
        var seat = http.Seat(backend);
        var order = await seat.Order(id).Get(http.RequestAborted);
        if (order is null) return Unknown(id);
        var now = backend.UpTo ?? time.GetUtcNow();
        var body = await order.FullBody(id, seat.Seller, backend, now);
        // What is promised is reckoned from nodes and rules as they are now.
        if (backend.UpTo is not null) return Answer.Ok(body, ApiJson.Wire.OrderBody);
        LinePromises promises = new(backend, seat, id, order, now);
        body = body.With(order, await promises.Lines(http.RequestAborted));
        return Answer.Ok(body, ApiJson.Wire.OrderBody, order.Version);
    }

    static IResult List(
        HttpContext http, Backend backend, string? status, string? sku, string? placedAfter, string? cursor,
        string? limit)
    {
        Fields fields = new();
        if (status is not null) fields.Word<OrderStatus>("status", status);
        if (sku is not null) fields.Id("sku", sku);
        var after = fields.Time("placedAfter", placedAfter);
        fields.Check();
        var page = Paging.Of(() =>
            backend.Views.Orders.List(http.Seller(), status, sku, after, cursor, Requests.Limit(limit)));
        var items = page.Items.Select(r => new OrderListBody(
            r.Id, r.Status, r.Channel, DateTimeOffset.FromUnixTimeMilliseconds(r.PlacedAt), r.Units,
            r.TotalMinor is { } total ? new(total, r.Currency) : null, r.Country, r.Version));
        return Answer.Ok(new([.. items], page.Next), ApiJson.Wire.OrderPage);
    }

    static async Task<IResult> Cancel(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        Requests.PathId("id", id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.CancelRequest);
        var version = Version(http);
        Fields fields = new();
        var lines = Lines(fields, request.Lines);
        var reason = request.Reason is null ? "" : fields.Text("/reason", request.Reason, 200);
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        var reply = await seat.Order(id).Cancel(new(operation, lines, reason, version), http.RequestAborted);
        return reply.Status switch
        {
            CancelStatus.Cancelled or CancelStatus.AlreadyCancelled => Ok(reply.Order!, id),
            CancelStatus.UnknownOrder => Unknown(id),
            CancelStatus.DifferentContent => Problem.OtherContent($"Cancellation id {operation}"),
            CancelStatus.Stale => SkusApi.Stale(reply.Order!.Version),
            CancelStatus.OrderEnded =>
                Problem.Conflict($"already-{Views.Words.Of(reply.Order!.Status)}", "The order has ended already."),
            CancelStatus.PartOfKit => Problem.Invalid(
                "/lines", "part-of-kit", "a component cannot go without its kit: name the kit's line"),
            CancelStatus.UnknownLine => Problem.Invalid("/lines", "unknown-line", "the order has no such line"),
            CancelStatus.QuantityNotPositive =>
                Problem.Invalid("/lines", "out-of-range", "a quantity must be positive"),
            CancelStatus.TooLate => Problem.Conflict(
                "too-late-to-cancel",
                "So many units can no longer be cancelled: they have left, or were cancelled before.",
                reply.Order!.Body(id)),
            CancelStatus.TooManyOperations => TooMany(id),
            CancelStatus.InterceptOpened => Answer.Accepted(
                reply.Order!.Body(id), ApiJson.Wire.OrderBody, $"/v1/orders/{id}"),
        };
    }

    static async Task<IResult> ConfirmPayment(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        Requests.PathId("id", id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.PaymentRequest);
        var version = Version(http);
        Fields fields = new();
        var amount = fields.MoneyToMove("/amount", request.Amount);
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        var reply = await seat.Order(id).ConfirmPayment(new(operation, amount, version), http.RequestAborted);
        return Confirmed(reply, id, operation);
    }

    /// <summary>What became of money that came in, or went back, elsewhere.</summary>
    internal static IResult Confirmed(PaymentReply reply, string id, string operation) =>
        reply.Status switch
        {
            PaymentStatus.Paid or PaymentStatus.PartlyPaid or PaymentStatus.AlreadyConfirmed => Ok(reply.Order!, id),
            PaymentStatus.UnknownOrder => Unknown(id),
            PaymentStatus.DifferentContent => Problem.OtherContent($"Payment id {operation}"),
            PaymentStatus.Stale => SkusApi.Stale(reply.Order!.Version),
            PaymentStatus.NotExpected => Problem.Conflict("payment-not-expected", "The order is not paid in advance."),
            PaymentStatus.OrderEnded => Problem.Conflict(
                $"already-{Views.Words.Of(reply.Order!.Status)}",
                "The order has ended; the payment was not booked and is to be given back."),
            PaymentStatus.AmountNotPositive => Problem.Invalid("/amount/amount", "out-of-range", "must be positive"),
            PaymentStatus.OtherCurrency => Problem.Conflict(
                "currency-mismatch", $"The order is in {reply.Order!.Placed.Total!.Value.Currency}."),
            PaymentStatus.TooManyOperations => TooMany(id),
            PaymentStatus.MoreThanPaid => Problem.Conflict(
                "more-than-captured", $"/amount: at most {reply.Order!.PaidMinor} can be given back."),
        };

    /// <summary>The version that the caller expects; an order that is not there is told as such anyway.</summary>
    internal static long? Version(HttpContext http) =>
        http.IfMatch() is { } version and not Requests.AnyRevision ? version : null;

    /// <summary>Lines of a request with a quantity each; none when it names none.</summary>
    internal static ImmutableArray<LineUnits> Lines(Fields fields, IReadOnlyList<LineUnitsBody?>? lines)
    {
        var read = ImmutableArray.CreateBuilder<LineUnits>();
        for (var i = 0; i < (lines?.Count ?? 0); i++)
        {
            if (lines![i] is null)
            {
                fields.Add($"/lines/{i}", "wrong-type", "must be an object");
                continue;
            }

            read.Add(new(
                fields.Id($"/lines/{i}/line", lines[i]!.Line),
                fields.Number($"/lines/{i}/quantity", lines[i]!.Quantity, 1, int.MaxValue)));
        }

        return read.ToImmutable();
    }

    internal static Problem TooMany(string id) =>
        Problem.Conflict("too-many-operations",
            $"Order {id} has had {Order.MaxOperations} operations, which is the most.");

    static IResult Ok(OrderReply order, string id) => Answer.Ok(order.Body(id), ApiJson.Wire.OrderBody, order.Version);

    internal static Problem Unknown(string id) => Problem.NotFound("unknown-order", $"There is no order {id}.");
}
