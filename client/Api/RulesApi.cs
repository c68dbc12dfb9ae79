using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Routing rules in versions: proposed, approved, activated at a time, taken back in one step.</summary>
public static class RulesApi
{
    const string Path = "/v1/routing/rules";
    const int MaxReason = 500, MostNodes = 100_000;

    /// <summary>Adds the routes.</summary>
    public static void MapRules(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, Propose).Describe("proposeRoutingRules", "Proposes rules as a new version", "routing")
            .Accepts<ProposeRulesRequest>("application/json").Answers<RulesChangeBody>(201, 200)
            .Refuses(400, 409, 422);
        routes.MapGet(Path, List).Describe("listRoutingRules", "What orders go by, and the versions, newest first",
            "routing").Answers<RuleBookBody>(200).Refuses(400);
        routes.MapGet(Path + "/{version:int}", Get).Describe("getRoutingRules", "A version of the rules", "routing")
            .Answers<RulesVersionBody>(200).Refuses(404);
        Step(
            routes.MapPost(Path + "/{version:int}/approve", Approve), "approveRoutingRules",
            "Allows a version to be activated");
        Step(routes.MapPost(Path + "/{version:int}/reject", Reject), "rejectRoutingRules", "Decides against a version");
        routes.MapPost(Path + "/{version:int}/activate", Activate)
            .Describe("activateRoutingRules", "Orders go by the version, now or later", "routing")
            .Accepts<ActivateRulesRequest>("application/json").Answers<RulesChangeBody>(200)
            .Refuses(400, 404, 409, 422);
        routes.MapPost(Path + "/{version:int}/shadow", TryBeside)
            .Describe("tryRoutingRules", "Tries a version beside the active one, or ends that", "routing")
            .Accepts<ShadowRequest>("application/json").Answers<RulesChangeBody>(200).Refuses(400, 404, 409, 422);
        routes.MapPost(Path + "/rollback", RollBack)
            .Describe("rollBackRoutingRules", "Orders go by the version before again, at once", "routing")
            .Accepts<RulesStepRequest>("application/json").Answers<RulesChangeBody>(200).Refuses(400, 409, 422);

        static void Step(RouteHandlerBuilder route, string name, string summary) =>
            route.Describe(name, summary, "routing").Accepts<RulesStepRequest>("application/json")
                .Answers<RulesChangeBody>(200).Refuses(400, 404, 409, 422);
    }

    static async Task<IResult> Propose(HttpContext http, Backend backend, TimeProvider time)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.ProposeRulesRequest);
        Fields fields = new();
        var reason = fields.Text("/reason", request.Reason, MaxReason);
        var rules = RulesReader.Read(fields, "/rules", request.Rules);
        if (rules is not null)
        {
            await KnownNodes(fields, rules, seat, backend, http.RequestAborted);
            RulesReader.Tell(fields, "/rules", NoNode(rules, backend, time));
        }

        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        var reply = await seat.RuleBook().Propose(
            new(operation, rules!, reason, seat.Origin.Actor), http.RequestAborted);
        return reply.Status == RulesStatus.Done
            ? Answer.Created(
                reply.Book.Change(reply.Version), ApiJson.Wire.RulesChangeBody, $"{Path}/{reply.Version}")
            : Answered(reply, operation);
    }

    static async Task<IResult> List(HttpContext http, Backend backend, string? cursor, string? limit)
    {
        var (most, after) = (Requests.Limit(limit), int.MaxValue);
        if (cursor is not null && !int.TryParse(Paging.Id(cursor), out after))
            throw new ProblemException(
                Problem.Invalid("cursor", "bad-cursor", "The cursor is not one that a page ended with."));
        var book = await http.Seat(backend).RuleBook().Get(http.RequestAborted);
        var page = book.Versions.Where(v => v.Version < after).Take(most + 1).ToList();
        return Answer.Ok(
            book.Body(page.Take(most), page.Count > most ? $"{page[most - 1].Version}" : null),
            ApiJson.Wire.RuleBookBody);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, int version)
    {
        var rules = http.Seat(backend).RuleBook();
        var reply = await rules.GetVersion(version, http.RequestAborted);
        if (reply.Rules is null) return Unknown(version);
        var book = await rules.Get(http.RequestAborted);
        return Answer.Ok(
            reply.Version is { } known ? book.Body(known, reply.Rules.Body())
                : new(0, RulesBodies.BuiltIn, false, null, null, null, null),
            ApiJson.Wire.RulesVersionBody);
    }

    static async Task<IResult> Approve(HttpContext http, Backend backend, int version)
    {
        var (seat, operation, reason) = await Step(http, backend);
        return Answered(await seat.RuleBook().Approve(
            new(operation, version, reason, seat.Origin.Actor), http.RequestAborted), operation);
    }

    static async Task<IResult> Reject(HttpContext http, Backend backend, int version)
    {
        var (seat, operation, reason) = await Step(http, backend);
        return Answered(await seat.RuleBook().Reject(
            new(operation, version, reason, seat.Origin.Actor), http.RequestAborted), operation);
    }

    static async Task<IResult> RollBack(HttpContext http, Backend backend)
    {
        var (seat, operation, reason) = await Step(http, backend);
        return Answered(await seat.RuleBook().RollBack(
            new(operation, reason, seat.Origin.Actor), http.RequestAborted), operation);
    }

    static async Task<IResult> Activate(HttpContext http, Backend backend, TimeProvider time, int version)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.ActivateRulesRequest);
        Fields fields = new();
        var from = fields.Time("/from", request.From);
        var reason = fields.Text("/reason", request.Reason, MaxReason);
        fields.Check();
        if ((await seat.RuleBook().GetVersion(version, http.RequestAborted)).Rules is not { } rules)
            return Unknown(version);
        // Nodes may have changed since it was proposed.
        if (NoNode(rules, backend, time) is [var fault, ..] && version != 0)
            return Problem.Conflict(fault.Rule, $"{fault.Field[1..]} {fault.Detail}.");
        var operation = await http.Operation(backend, seat, request.Id, body);
        return Answered(await seat.RuleBook().Activate(
            new(operation, version, from, reason, seat.Origin.Actor), http.RequestAborted), operation);
    }

    static async Task<IResult> TryBeside(HttpContext http, Backend backend, int version)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.ShadowRequest);
        Fields fields = new();
        var reason = fields.Text("/reason", request.Reason, MaxReason);
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        if ((await seat.RuleBook().GetVersion(version, http.RequestAborted)).Version is null) return Unknown(version);
        var reply = await seat.RuleBook().TryBeside(
            new(operation, request.On ?? true ? version : null, reason, seat.Origin.Actor), http.RequestAborted);
        return Answered(reply with { Version = version }, operation);
    }

    static async Task<(Seat Seat, string Operation, string Reason)> Step(HttpContext http, Backend backend)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.RulesStepRequest);
        Fields fields = new();
        var reason = fields.Text("/reason", request.Reason, MaxReason);
        fields.Check();
        return (seat, await http.Operation(backend, seat, request.Id, body), reason);
    }

    /// <summary>
    /// Nodes that the rules treat apart are to be there: of a slip of the pen nobody would ever hear again.
    /// </summary>
    static async ValueTask KnownNodes(
        Fields fields, RoutingRules rules, Seat seat, Backend backend, CancellationToken cancel)
    {
        var misses = 0;
        foreach (var (field, node) in RulesCheck.Named(rules))
        {
            // The list may be behind the node by a moment.
            if (backend.Views.Nodes.Find(node) is not null
                || (await seat.Node(node).Get(cancel)).Card is not null) continue;
            fields.Add($"/rules{field}", "unknown-node", $"there is no node {node}");
            if (++misses == RulesCheck.MaxFaults) return;
        }
    }

    /// <summary>What takes every node away that there is now; none when a node is left.</summary>
    internal static System.Collections.Immutable.ImmutableArray<RulesFault> NoNode(
        RoutingRules rules, Backend backend, TimeProvider time) => RulesCheck.NoNode(
        rules, [.. backend.Views.Nodes.List(null, MostNodes).Items.Select(r => (r.Node, r.Card))],
        DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));

    static IResult Answered(ChangeRulesReply reply, string operation) => reply.Status switch
    {
        RulesStatus.Done or RulesStatus.AlreadyDone =>
            Answer.Ok(reply.Book.Change(reply.Version), ApiJson.Wire.RulesChangeBody),
        RulesStatus.DifferentContent => Problem.OtherContent($"Id {operation}"),
        RulesStatus.Invalid => Problem.Invalid("/rules", "invalid-rules", "cannot be rules"),
        RulesStatus.TooManyVersions => Problem.Conflict(
            "too-many-versions",
            $"{RuleBook.MaxVersions} versions are proposed or approved. Reject those that nobody wants any more."),
        RulesStatus.UnknownVersion => Unknown(reply.Version),
        RulesStatus.NotProposed => Problem.Conflict("already-decided", "The version was approved or rejected before."),
        RulesStatus.NotApproved => Problem.Conflict("not-approved", "Only what was approved can be activated."),
        RulesStatus.AlreadyActive => Problem.Conflict("already-active", "Orders go by that version already."),
        RulesStatus.NoShadow => Problem.Conflict(
            "no-shadow", "A version that is active or rejected is not tried beside the active one."),
        RulesStatus.NothingBefore => Problem.Conflict("nothing-before", "No version was active before."),
        RulesStatus.TooLate => Problem.Invalid("/from", "out-of-range", "must not be over"),
        RulesStatus.TooFarAhead => Problem.Invalid(
            "/from", "out-of-range", $"must be at most {RuleBook.MostAhead.Days} days ahead"),
    };

    internal static Problem Unknown(int version) => Problem.NotFound(
        "unknown-version", $"There is no version {version} of the routing rules.");
}
