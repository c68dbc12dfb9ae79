using System.Collections.Immutable;
using System.Security.Cryptography;
using Fulfillment.Ordering;

namespace Fulfillment.Client.Api;

/// <summary>
/// Edits of an order before a node has begun. A unit never changes what it costs: who wants more of a line, or another
/// price, gets a line more, named after the one it came from.
/// </summary>
public static class EditsApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapEdits(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/orders/{id}/edit", Edit)
            .Describe("editOrder", "Changes lines, quantities, prices or the address before a node has begun", "orders")
            .Accepts<EditRequest>("application/json").Answers<OrderBody>(200, 202).Refuses(400, 404, 409, 412, 422);
        routes.MapPost("/v1/orders/{id}/intercepts/{number:int}", AnswerIntercept)
            .Describe("answerIntercept", "The node could stop the goods, or not", "fulfilment")
            .Accepts<InterceptRequest>("application/json").Answers<OrderBody>(200).Refuses(400, 404, 409);
        routes.MapGet("/v1/orders/{id}/units", Units)
            .Describe("listUnits", "Every unit of an order and what it costs", "orders")
            .Answers<UnitsBody>(200).Refuses(404);
    }

    static async Task<IResult> Edit(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        Requests.PathId("id", id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.EditRequest);
        Fields fields = new();
        var shipTo = OrderIntake.ShipTo(fields, request.ShipTo, isHistory: false);
        var reason = fields.Text("/reason", request.Reason, 200);
        CheckLines(fields, request.Lines);
        fields.Check();
        var order = seat.Order(id);
        if (await order.Get(http.RequestAborted) is not { } now) return OrdersApi.Unknown(id);
        var operation = await http.Operation(backend, seat, request.Id, body);
        // A repeat finds another order than the first time did: what was asked tells it, not what follows from it.
        var content = Fingerprint.Of(backend.Keyring.Mark(Convert.ToHexString(SHA256.HashData(body.Span))));
        var (fewer, added) = Lines(fields, request.Lines ?? [], now, operation);
        fields.Check();
        // What goes elsewhere, and what is added, must be allowed there; what was sold stays sold where it goes.
        var prohibited = await backend.Compliance.Refused(
            seat, now.Placed.Channel, (shipTo ?? now.Placed.ShipTo)?.Country,
            [
                .. added.Select(l => ("/lines", l.Sku)),
                .. shipTo is null ? [] : now.Lines.Where(l => l.Line.Quantity > l.Cancelled)
                    .Select(l => ("/shipTo/country", l.Line.Sku)),
            ], http.RequestAborted);
        if (prohibited.Count > 0) return ComplianceApi.Prohibited(prohibited);
        var buyer = request.ShipTo is null ? null
            : await OrderIntake.Readdress(now.Placed.Buyer, request.ShipTo.Value, id, seat.Seller, backend);
        var reply = await order.Edit(
            new(operation, fewer, added, shipTo, buyer, reason, request.Preview ?? false, OrdersApi.Version(http),
                content),
            http.RequestAborted);
        return await Answered(http, reply, order, id, operation);
    }

    static async Task<IResult> Answered(HttpContext http, EditReply reply, IOrder order, string id, string operation)
    {
        switch (reply.Status)
        {
            case EditStatus.Edited or EditStatus.AlreadyEdited or EditStatus.Previewed:
                return Ok(reply.Order!, id);
            case EditStatus.Begun:
                var decided = await OrdersApi.Decision(order, http.Wait());
                if (decided is null)
                    return Answer.Accepted(reply.Order!.Body(id), ApiJson.Wire.OrderBody, $"/v1/orders/{id}");
                return decided.RefusedEdits.Any(e => e.Id == operation) ? SoldOut(decided, id) : Ok(decided, id);
            case EditStatus.SoldOut:
                return SoldOut(reply.Order!, id);
            case EditStatus.UnknownOrder:
                return OrdersApi.Unknown(id);
            case EditStatus.DifferentContent:
                return Problem.OtherContent($"Edit id {operation}");
            case EditStatus.Stale:
                return SkusApi.Stale(reply.Order!.Version);
            case EditStatus.OrderEnded:
                return Problem.Conflict($"already-{Views.Words.Of(reply.Order!.Status)}", "The order has ended.");
            case EditStatus.Undecided:
                return new Problem(409, "undecided", "The state does not allow it.",
                    "Stock has not decided yet. Try again in a moment.", retryAfter: 1);
            case EditStatus.TooLate:
                return Problem.Conflict("too-late-to-edit", "A node works on the order, or goods have left.",
                    reply.Order!.Body(id));
            case EditStatus.NothingChanged:
                return Problem.Invalid("/lines", "nothing-changed", "the edit changes nothing");
            case EditStatus.PartOfKit:
                return Problem.Invalid(
                    "/lines", "part-of-kit", "a component cannot change without its kit: name the kit's line");
            case EditStatus.UnknownLine:
                return Problem.Invalid("/lines", "unknown-line", "the order has no such line");
            case EditStatus.QuantityNotPositive:
                return Problem.Invalid("/lines", "out-of-range", "a quantity must not be negative");
            case EditStatus.MoreThanLeft:
                return Problem.Conflict("nothing-left", "Nothing would be left of the order: cancel it instead.");
            case EditStatus.DuplicateLine:
                return Problem.Invalid("/lines", "duplicate", "a line that is added has the id of another");
            case EditStatus.TooManyLines:
                return Problem.Invalid("/lines", "too-many", $"an order may have {Order.MaxLines} lines");
            case EditStatus.PriceMismatch:
                return Problem.Invalid("/lines", "price-mismatch",
                    "an added line must have a price in the order's currency, or none where the others have none");
            case EditStatus.AmountTooLarge:
                return Problem.Invalid("/lines", "out-of-range", "the total is too large");
            case EditStatus.BadCharges:
                return Problem.Invalid("/lines", "bad-charges", "a discount must be at most what the line costs");
            case EditStatus.TooManyOperations:
                return OrdersApi.TooMany(id);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    static Problem SoldOut(OrderReply order, string id) => Problem.Conflict(
        "sold-out", "Stock does not cover the edit; the order is as it was.", order.Body(id));

    static IResult Ok(OrderReply order, string id) => Answer.Ok(order.Body(id), ApiJson.Wire.OrderBody, order.Version);

    static void CheckLines(Fields fields, IReadOnlyList<EditLineRequest?>? lines)
    {
        if (lines?.Count > Order.MaxLines)
        {
            fields.Add("/lines", "too-many", $"an order may have {Order.MaxLines} lines");
            return;
        }

        HashSet<string> named = [];
        for (var i = 0; i < (lines?.Count ?? 0); i++)
        {
            var at = $"/lines/{i}";
            if (lines![i] is not { } line)
            {
                fields.Add(at, "wrong-type", "must be an object");
                continue;
            }

            fields.Number($"{at}/quantity", line.Quantity, line.Line is null ? 1 : 0, int.MaxValue);
            if ((line.Line is null) == (line.Sku is null))
                fields.Add(at, "line-or-sku", "names either a line of the order, or the sku of a line to be added");
            if (line.Line is { } known && !named.Add(fields.Id($"{at}/line", known)))
                fields.Add($"{at}/line", "duplicate", "is named before");
            if (line.Sku is { } sku) fields.Id($"{at}/sku", sku);
            if (line.Id is { } id) fields.Id($"{at}/id", id);
            fields.Money($"{at}/unitPrice", line.UnitPrice);
            fields.Money($"{at}/discount", line.Discount);
            fields.Money($"{at}/tax", line.Tax);
        }
    }

    /// <summary>The units that go and the lines that come, from what the lines are to be.</summary>
    static (ImmutableArray<LineUnits> Fewer, ImmutableArray<OrderLine> Added) Lines(
        Fields fields, IReadOnlyList<EditLineRequest?> lines, OrderReply now, string operation)
    {
        var fewer = ImmutableArray.CreateBuilder<LineUnits>();
        var added = ImmutableArray.CreateBuilder<OrderLine>();
        for (var i = 0; i < lines.Count; i++)
        {
            var wanted = lines[i]!;
            var quantity = (int)wanted.Quantity!.Value;
            CheckCharges(fields, $"/lines/{i}", wanted, now);
            if (wanted.Line is null)
            {
                added.Add(Line(wanted, wanted.Id ?? $"{operation}:{i}", wanted.Sku!, quantity, null));
                continue;
            }

            if (Left(now, wanted.Line) is not var (line, left))
            {
                fields.Add($"/lines/{i}/line", "unknown-line", "the order has no such line");
                continue;
            }

            Money? price = Price(wanted.UnitPrice);
            if (price is not null && price != line.UnitPrice)
            {
                if (left > 0) fewer.Add(new(wanted.Line, left));
                if (quantity > 0) added.Add(Line(
                    wanted, wanted.Id ?? $"{operation}:{i}", line.Sku, quantity, price, line.SoldAs));
            }
            else if (quantity <= left && (wanted.Discount ?? wanted.Tax) is not null)
            {
                fields.Add($"/lines/{i}", "not-expected", "charges are for units that come; none do here");
            }
            else if (quantity < left)
            {
                fewer.Add(new(wanted.Line, left - quantity));
            }
            else if (quantity > left)
            {
                added.Add(Line(
                    wanted, wanted.Id ?? $"{operation}:{i}", line.Sku, quantity - left, line.UnitPrice, line.SoldAs));
            }
        }

        return (fewer.ToImmutable(), added.ToImmutable());
    }

    /// <summary>A line, of a kit too, and its units that are not cancelled; null when there is no such line.</summary>
    static (OrderLine Line, int Left)? Left(OrderReply now, string id)
    {
        if (now.Lines.FirstOrDefault(l => l.Line.Id == id) is { } line)
            return (line.Line, line.Line.Quantity - line.Cancelled);
        if (now.Kits.FirstOrDefault(k => k.Ordered.Id == id) is not { } kit) return null;
        var cancelled = now.Lines.First(l => l.Line.Id == kit.Lines[0]).Cancelled;
        return (kit.Ordered, kit.Ordered.Quantity - cancelled / kit.Parts[0].Units);
    }

    /// <summary>What is charged is in the order's currency.</summary>
    static void CheckCharges(Fields fields, string at, EditLineRequest wanted, OrderReply now)
    {
        foreach (var (name, charge) in (ReadOnlySpan<(string, MoneyBody?)>)[
            ("discount", wanted.Discount), ("tax", wanted.Tax)])
        {
            if (charge is null) continue;
            if (now.Placed.Total?.Currency is { } currency && charge.Currency != currency)
                fields.Add($"{at}/{name}/currency", "mixed-currencies", $"must be {currency}, as the order is");
        }
    }

    static OrderLine Line(
        EditLineRequest wanted, string id, string sku, int quantity, Money? price, SoldAs? sold = null) => new(
        id, sku, quantity, Price(wanted.UnitPrice) ?? price, wanted.Discount?.Amount ?? 0, wanted.Tax?.Amount ?? 0,
        sold);

    static Money? Price(MoneyBody? price) => price is null ? null : new(price.Amount!.Value, price.Currency!);

    static async Task<IResult> AnswerIntercept(HttpContext http, Backend backend, string id, int number)
    {
        Requests.PathId("id", id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.InterceptRequest);
        if (request.Outcome is not ("stopped" or "failed"))
            return Problem.Invalid("/outcome", request.Outcome is null ? "required" : "unknown-value",
                "must be one of stopped, failed");
        var reply = await http.Seat(backend).Order(id).AnswerIntercept(
            number, request.Outcome == "stopped", http.RequestAborted);
        return reply.Status switch
        {
            InterceptAnswerStatus.Answered or InterceptAnswerStatus.AlreadyAnswered => Ok(reply.Order!, id),
            InterceptAnswerStatus.UnknownIntercept =>
                Problem.NotFound("unknown-intercept", $"Order {id} has no intercept {number}."),
            InterceptAnswerStatus.AnsweredOtherwise =>
                Problem.Conflict("answered-otherwise", "The intercept was answered otherwise.", reply.Order!.Body(id)),
        };
    }

    static async Task<IResult> Units(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        if (await http.Seat(backend).Order(id).Get(http.RequestAborted) is not { } order) return OrdersApi.Unknown(id);
        return Answer.Ok(new(id, [.. order.Lines.SelectMany(UnitsOf)]), ApiJson.Wire.UnitsBody);
    }

    static IEnumerable<UnitBody> UnitsOf(LineReply l)
    {
        Line line = new(l.Line, l.Cancelled, 0, l.Shipped, l.Delivered, l.Charges);
        for (var unit = 1; unit <= l.Line.Quantity; unit++)
        {
            var state = unit <= l.Delivered ? "delivered" : unit <= l.Shipped ? "shipped"
                : unit > l.Line.Quantity - l.Cancelled ? "cancelled"
                : unit <= l.Shipped + l.Allocated ? "allocated"
                : unit <= l.Shipped + l.Allocated + l.Reserved ? "reserved"
                : unit <= l.Shipped + l.Allocated + l.Reserved + l.Backordered ? "backordered" : "open";
            if (l.Line.UnitPrice is not { } price)
            {
                yield return new(l.Line.Id, l.Line.Sku, unit, state, null, null, null, null, null);
                continue;
            }

            var m = line.Money(unit) - line.Money(unit - 1);
            yield return new(l.Line.Id, l.Line.Sku, unit, state, Of(m.Price), Of(m.Discount), Of(m.Tax), Of(m.Shipping),
                Of(m.Total));

            MoneyBody Of(long minor) => new(minor, price.Currency);
        }
    }
}
