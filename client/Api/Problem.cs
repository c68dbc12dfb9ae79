using System.Text.Json.Serialization;

namespace Fulfillment.Client.Api;

/// <summary>
/// What is wrong with one field: a JSON pointer (or a parameter's name), the rule's code, and in words.
/// </summary>
public sealed record FieldError(string Field, string Code, string Detail);

/// <summary>The body of an error: RFC 9457 problem details, with a stable code and the fields.</summary>
public sealed record ProblemBody(
    string Type, string Title, int Status, string Detail, string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FieldError>? Errors = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] OrderBody? Order = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ShortLineBody>? Short = null);

/// <summary>
/// An answer that is an error. <c>RetryAfter</c>: seconds after which to try again. <c>Missing</c>: lines that stock
/// does not cover, of what is no order.
/// </summary>
public sealed class Problem(
    int status, string code, string title, string detail, IReadOnlyList<FieldError>? errors = null,
    int? retryAfter = null,
    OrderBody? order = null, IReadOnlyList<ShortLineBody>? missing = null) : IResult
{
    /// <summary>The stable code.</summary>
    public string Code { get; } = code;

    /// <summary>The body.</summary>
    public ProblemBody Body { get; } =
        new($"urn:fulfillment:problem:{code}", title, status, detail, code, errors, order, missing);

    /// <summary>The request cannot be understood, or breaks a rule of its form.</summary>
    public static Problem Invalid(IReadOnlyList<FieldError> errors) => new(
        400, errors.Count == 1 ? errors[0].Code : "invalid-request", "The request is invalid.",
        errors.Count == 1 ? $"{(errors[0].Field.Length == 0 ? "body" : errors[0].Field)}: {errors[0].Detail}"
            : $"{errors.Count} fields are invalid.", errors);

    /// <summary>One field is wrong.</summary>
    public static Problem Invalid(string field, string code, string detail) => Invalid([new(field, code, detail)]);

    /// <summary>The body is of another type than the route takes.</summary>
    public static Problem OtherType(string wanted) => new(
        415, "unsupported-media-type", "The body is of another type.", $"Content-Type must be {wanted}, in UTF-8.",
        [new("Content-Type", "unsupported-media-type", $"must be {wanted}, in UTF-8")]);

    /// <summary>There is no such thing.</summary>
    public static Problem NotFound(string code, string detail) => new(404, code, "There is no such thing.", detail);

    /// <summary>The state refuses it.</summary>
    public static Problem Conflict(string code, string detail, OrderBody? order = null) =>
        new(409, code, "The state does not allow it.", detail, order: order);

    /// <summary>The id, or the key, was used for something else.</summary>
    public static Problem OtherContent(string what) => new(
        422, "idempotency-conflict", "The id was used for something else.",
        $"{what} was used before with other content. Use a new one, or repeat the same content.");

    /// <summary>We are at fault.</summary>
    public static Problem Internal() => new(
        500, "internal-error", "Something went wrong here.",
        "It was logged. Nothing was half done: repeat with the same id.");

    /// <summary>What the cluster's failure means to a caller.</summary>
    public static Problem Of(ClusterException e) => e.Fault switch
    {
        Fault.Overloaded => new(503, "overloaded", "Too much is under way.", e.Message, retryAfter: 1),
        Fault.NotWritten => new(503, "not-written", "It was not done.", e.Message, retryAfter: 1),
        Fault.OutcomeUnknown =>
            new(503, "outcome-unknown", "It is not known whether it was done.", e.Message, retryAfter: 1),
        Fault.Stopping => new(503, "stopping", "The server is shutting down.", e.Message, retryAfter: 5),
        Fault.ReadOnly => new(503, "read-only", "Nothing may be written for now.", e.Message, retryAfter: 10),
    };

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Body.Status;
        if (retryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString();
        return response.WriteAsJsonAsync(Body, ApiJson.Wire.ProblemBody, "application/problem+json");
    }
}

/// <summary>Ends the handling of a request with a problem.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Body.Detail)
{
    /// <summary>What to answer.</summary>
    public Problem Problem { get; } = problem;
}
