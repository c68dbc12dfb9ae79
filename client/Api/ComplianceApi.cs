using Fulfillment.Catalog;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>
/// Compliance rules in versions, and SKUs held against them. An order for goods that are prohibited where it goes is
/// refused when it is placed: nobody has promised anything yet, and the channel learns at once which rule and line it
/// was. Labelling rules and lanes are told by the check, and refuse no order.
/// </summary>
public static class ComplianceApi
{
    const string Path = "/v1/compliance-rules";
    const int MaxReason = 500, MostInChannel = 200;

    /// <summary>Adds the routes.</summary>
    public static void MapCompliance(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, Propose)
            .Describe("proposeComplianceRules", "Proposes rules as a new version", "compliance")
            .Accepts<ProposeComplianceRequest>("application/json").Answers<ComplianceBody>(201, 200)
            .Refuses(400, 409, 422);
        routes.MapGet(Path, Get).Describe("getComplianceRules", "The rules that hold now", "compliance")
            .Answers<ComplianceBody>(200).Refuses();
        routes.MapGet(Path + "/{version:int}", GetVersion)
            .Describe("getComplianceVersion", "A version of the rules", "compliance")
            .Answers<ComplianceBody>(200).Refuses(404);
        routes.MapPost(Path + "/{version:int}/activate", Activate)
            .Describe("activateComplianceRules", "The version holds from then on; 0: no rules", "compliance")
            .Accepts<ActivateComplianceRequest>("application/json").Answers<ComplianceBody>(200)
            .Refuses(400, 404, 409, 422);
        routes.MapPost(Path + "/rollback", RollBack)
            .Describe("rollBackComplianceRules", "What held before holds again, at once", "compliance")
            .Accepts<ComplianceRollbackRequest>("application/json").Answers<ComplianceBody>(200)
            .Refuses(400, 409, 422);
        routes.MapGet("/v1/skus/{sku}/compliance-check", Check)
            .Describe("checkCompliance", "Which rules a SKU breaks on a channel, in a country, on a lane", "compliance")
            .Answers<ComplianceCheckBody>(200).Refuses(400, 404);
    }

    static async Task<IResult> Propose(HttpContext http, Backend backend)
    {
        var (seat, id, (reason, rules, customs)) = await http.Change(
            backend, ApiJson.Wire.ProposeComplianceRequest,
            (fields, r) => (fields.Text("/reason", r.Reason, MaxReason), ComplianceReader.Read(fields, r.Rules),
                CustomsPolicies.Read(fields, r.Customs)));
        var reply = await seat.ComplianceBook().Change(
            new ComplianceCommand.Propose(id, rules, reason, seat.Origin.Actor, customs), http.RequestAborted);
        if (reply.Status is not (ComplianceStatus.Done or ComplianceStatus.AlreadyDone)) return Refused(reply, id);
        var version = await seat.ComplianceBook().Get(reply.Version, http.RequestAborted);
        return reply.Status == ComplianceStatus.Done
            ? Answer.Created(ComplianceReader.Body(version), ApiJson.Wire.ComplianceBody, $"{Path}/{reply.Version}")
            : Answer.Ok(ComplianceReader.Body(version), ApiJson.Wire.ComplianceBody);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend) => Answer.Ok(
        ComplianceReader.Body(await http.Seat(backend).ComplianceBook().Get(cancel: http.RequestAborted)),
        ApiJson.Wire.ComplianceBody);

    static async Task<IResult> GetVersion(HttpContext http, Backend backend, int version)
    {
        var reply = await http.Seat(backend).ComplianceBook().Get(version, http.RequestAborted);
        return reply.Status == ComplianceStatus.UnknownVersion ? Refused(reply, "")
            : Answer.Ok(ComplianceReader.Body(reply), ApiJson.Wire.ComplianceBody);
    }

    static async Task<IResult> Activate(HttpContext http, Backend backend, int version)
    {
        var (seat, id, (reason, from)) = await http.Change(
            backend, ApiJson.Wire.ActivateComplianceRequest,
            (fields, r) => (fields.Text("/reason", r.Reason, MaxReason), fields.Time("/from", r.From)));
        return await Change(
            backend, seat, id, new ComplianceCommand.Activate(id, version, from, reason, seat.Origin.Actor),
            http.RequestAborted);
    }

    static async Task<IResult> RollBack(HttpContext http, Backend backend)
    {
        var (seat, id, reason) = await http.Change(
            backend, ApiJson.Wire.ComplianceRollbackRequest,
            (fields, r) => fields.Text("/reason", r.Reason, MaxReason));
        return await Change(
            backend, seat, id, new ComplianceCommand.RollBack(id, reason, seat.Origin.Actor), http.RequestAborted);
    }

    static async Task<IResult> Change(
        Backend backend, Seat seat, string id, ICommand<ComplianceReply> change, CancellationToken cancel)
    {
        var reply = await seat.ComplianceBook().Change(change, cancel);
        backend.Compliance.Forget(seat.Seller);
        return reply.Status is ComplianceStatus.Done or ComplianceStatus.AlreadyDone
            ? Answer.Ok(
                ComplianceReader.Body(await seat.ComplianceBook().Get(cancel: cancel)), ApiJson.Wire.ComplianceBody)
            : Refused(reply, id);
    }

    static async Task<IResult> Check(
        HttpContext http, Backend backend, string sku, string? channel, string? country, string? fromCountry,
        string? version)
    {
        Requests.PathId("sku", sku);
        Fields fields = new();
        if (channel is not null) fields.Text("channel", channel, MostInChannel);
        fields.Country("country", country, required: false);
        fields.Country("fromCountry", fromCountry, required: false);
        var number = 0;
        if (version is not null && (!int.TryParse(version, out number) || number < 1))
            fields.Add("version", "out-of-range", "must be a whole number from 1");
        fields.Check();
        var seat = http.Seat(backend);
        if ((await seat.Sku(sku).Stock(http.RequestAborted)).Card is not { } card) return SkusApi.Unknown(sku);
        var rules = await seat.ComplianceBook().Get(version is null ? null : number, http.RequestAborted);
        if (rules.Status == ComplianceStatus.UnknownVersion) return Refused(rules, "");
        var found = ComplianceCheck.Of(rules.Rules, sku, card, channel, fromCountry, country);
        return Answer.Ok(
            new(sku, rules.Version, found.IsEmpty, [
                .. found.Select(v => new ViolationBody(
                    v.Rule, Words<ComplianceKind>.Of(v.Kind), v.Field, v.Text, channel, country, fromCountry)),
            ]),
            ApiJson.Wire.ComplianceCheckBody);
    }

    /// <summary>Why an order is refused: what it is for is prohibited where it goes.</summary>
    internal static Problem Prohibited(IReadOnlyList<FieldError> lines) => new(
        409, "prohibited", "The state does not allow it.", $"{lines[0].Field}: {lines[0].Detail}.", lines);

    static Problem Refused(ComplianceReply reply, string id) => reply.Status switch
    {
        ComplianceStatus.DifferentContent => Problem.OtherContent($"Id {id}"),
        ComplianceStatus.NotValid => Problem.Invalid("/rules", "invalid-rules", "cannot be rules"),
        ComplianceStatus.TooManyVersions => Problem.Conflict(
            "too-many-versions", $"There are {ComplianceBook.MaxVersions} versions, which is the most."),
        ComplianceStatus.UnknownVersion => Problem.NotFound(
            "unknown-version", $"There is no version {reply.Version} of the compliance rules."),
        ComplianceStatus.TooLate => Problem.Invalid("/from", "out-of-range", "must not be over"),
        ComplianceStatus.NothingBefore => Problem.Conflict("nothing-before", "No rules held before."),
        ComplianceStatus.Done or ComplianceStatus.AlreadyDone => throw new System.Diagnostics.UnreachableException(),
    };
}
