using System.Collections.Immutable;
using System.Text.Json;
using System.Xml;
using Fulfillment.Screening;

namespace Fulfillment.Client.Api;

/// <summary>Fraud: a seller's policy, and what it makes of an order that nobody has placed.</summary>
public static class FraudApi
{
    const int MaxWeights = 100;

    /// <summary>Adds the routes.</summary>
    public static void MapFraud(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/fraud-policy", Get)
            .Describe("getFraudPolicy", "From how many points on orders are reviewed or rejected", "fraud")
            .Answers<FraudPolicyBody>(200).Refuses();
        routes.MapPut("/v1/fraud-policy", Put).Describe("putFraudPolicy", "Replaces the fraud policy", "fraud")
            .Accepts<FraudPolicyRequest>("application/json").Answers<FraudPolicyBody>(200).Refuses(400, 412, 422);
        routes.MapPost("/v1/fraud/assess", Assess)
            .Describe("assessFraud", "What the policy would make of an order; nothing is written", "fraud")
            .Accepts<AssessRequest>("application/json").Answers<AssessmentBody>(200).Refuses(400);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend)
    {
        var policy = await http.Seat(backend).FraudPolicy().Get(http.RequestAborted);
        return Answer.Ok(Body(policy), ApiJson.Wire.FraudPolicyBody, policy.Revision);
    }

    static async Task<IResult> Put(HttpContext http, Backend backend)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var settings = Read(Requests.Parse(body.Span, ApiJson.Wire.FraudPolicyRequest));
        // Every seller has a policy: "*" asks for no more than that.
        var revision = http.IfMatch() is { } wanted and not Requests.AnyRevision ? wanted : (long?)null;
        await http.Operation(backend, seat, FraudPolicyCalls.Name, body);
        var reply = await seat.FraudPolicy().Set(settings, revision, http.RequestAborted);
        return reply.Status switch
        {
            SetPolicyStatus.Changed or SetPolicyStatus.Unchanged =>
                Answer.Ok(
                    Body(new FraudPolicyReply(settings, reply.Revision)), ApiJson.Wire.FraudPolicyBody, reply.Revision),
            SetPolicyStatus.Stale => SkusApi.Stale(reply.Revision),
            SetPolicyStatus.ThresholdOutOfRange => Problem.Invalid("/review", "out-of-range", Range),
            SetPolicyStatus.ThresholdsNotOrdered => Problem.Invalid("/reject", "not-ordered", Ordered),
            SetPolicyStatus.ReviewWithinOutOfRange => Problem.Invalid("/reviewWithin", "out-of-range", Within),
            SetPolicyStatus.UnknownReason => Problem.Invalid("/weights", "unknown-value", Names),
            SetPolicyStatus.RepeatedReason => Problem.Invalid("/weights", "duplicate", "name a reason once"),
            SetPolicyStatus.WeightOutOfRange => Problem.Invalid("/weights", "out-of-range", "must be 0 to 100"),
        };
    }

    static async Task<IResult> Assess(HttpContext http, Backend backend)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.AssessRequest);
        Fields fields = new();
        foreach (var (name, value) in (ReadOnlySpan<(string, JsonElement?)>)[
            ("customer", request.Customer), ("shipTo", request.ShipTo), ("billTo", request.BillTo),
            ("paymentMethod", request.PaymentMethod)])
            if (value is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) })
                fields.Add($"/{name}", "wrong-type", "must be an object");
        var amount = fields.Money("/amount", request.Amount, most: long.MaxValue);
        var orderedAt = fields.Time("/orderedAt", request.OrderedAt);
        fields.Check();
        var signals = SignalReader.Read(
            request.Customer, request.ShipTo, request.BillTo, request.PaymentMethod, orderedAt,
            text => backend.Keyring.Pseudonym(seat.Seller, text)) ?? new();
        Traces traces = new();
        foreach (var name in signals.TraceNames())
        {
            var told = await seat.Trace(name).Get(amount, signals.ShippingCountry, http.RequestAborted);
            traces = traces.With(name.Of, told);
        }

        var said = await seat.FraudPolicy().Assess(signals, traces, amount, http.RequestAborted);
        return Answer.Ok(Body(said), ApiJson.Wire.AssessmentBody);
    }

    static string Range => $"must be a whole number from 1 to {FraudPolicy.Most}";

    static string Ordered => "must not be less than review";

    static string Within => "must be from PT1M to P30D";

    static string Names => $"must be one of {string.Join(", ", FraudReason.All.Select(r => r.Name))}";

    static FraudSettings Read(FraudPolicyRequest request)
    {
        Fields fields = new();
        var review = fields.Number("/review", request.Review, 1, FraudPolicy.Most);
        var reject = fields.Number("/reject", request.Reject, 1, FraudPolicy.Most);
        if (fields.Errors.Count == 0 && review > reject) fields.Add("/reject", "not-ordered", Ordered);
        var within = Duration(fields, request.ReviewWithin);
        if (request.Weights?.Count > MaxWeights) fields.Add("/weights", "too-many", $"at most {MaxWeights}");
        var weights = ImmutableArray.CreateBuilder<ReasonWeight>();
        foreach (var (name, weight) in (request.Weights ?? []).Take(MaxWeights))
        {
            var field = $"/weights/{JsonText.Escape(name)}";
            if (FraudReason.Find(name) is null) fields.Add(field, "unknown-value", Names);
            else weights.Add(new(name, fields.Number(field, weight, 0, FraudPolicy.Most)));
        }

        fields.Check();
        return new(review, reject, within, weights.ToImmutable());
    }

    static TimeSpan Duration(Fields fields, string? text)
    {
        if (text is null) return FraudSettings.BuiltIn.ReviewWithin;
        try
        {
            var duration = XmlConvert.ToTimeSpan(text);
            if (duration >= FraudPolicy.ShortestReview && duration <= FraudPolicy.LongestReview) return duration;
            fields.Add("/reviewWithin", "out-of-range", Within);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            fields.Add("/reviewWithin", "bad-duration", "must be a duration as ISO 8601 writes it, such as P1D");
        }

        return default;
    }

    /// <summary>All reasons with the weight that holds.</summary>
    static FraudPolicyBody Body(FraudPolicyReply policy) => new(
        policy.Settings.Review, policy.Settings.Reject, XmlConvert.ToString(policy.Settings.ReviewWithin),
        FraudReason.All.ToDictionary(
            r => r.Name,
            r => policy.Settings.Weights.FirstOrDefault(w => w.Name == r.Name)?.Weight ?? r.Weight),
        policy.Revision);

    static AssessmentBody Body(Assessment a) => new(
        a.Score, Words<Verdict>.Of(a.Verdict), [.. a.Reasons.Select(r => new ReasonBody(r.Name, r.Points, r.Detail))],
        a.Model, a.ModelPermille, a.PolicyVersion);
}
