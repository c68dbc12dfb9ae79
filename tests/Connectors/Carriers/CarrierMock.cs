using System.Text.Json.Nodes;

namespace Fulfillment.Tests.Connectors;

/// <summary>
/// A carrier in this process: gives out access tokens, keeps what was bought, and may be told to answer something else.
/// Every call, its query and headers are compared with the published document.
/// </summary>
public abstract class CarrierMock : ProviderMock
{
    public const string Client = "client-1", Secret = "very-secret", Account = "A1B2C3";

    /// <summary>Bought shipments: by number the reference or key they were bought under; void ones are gone.</summary>
    protected Dictionary<string, string> Bought { get; } = [];

    /// <summary>How many access tokens were given out; the last is good.</summary>
    public int Tokens { get; private set; }

    public MockCall? Last { get; private set; }

    /// <summary>Answers instead of the mock; null goes on.</summary>
    public Func<MockCall, MockAnswer?>? Instead { get; set; }

    /// <summary>Tokens that were given out are no good any more.</summary>
    public void Revoke() => Tokens += 100;

    protected override bool ComparesParameters => true;

    protected virtual string TokenPath => "";

    protected virtual string Seconds => "14399";

    protected abstract MockAnswer Answer(MockCall call);

    protected abstract MockAnswer Refuse(int status, string code, string says);

    protected virtual bool MayHaveToken(MockCall call) =>
        (string?)call.Body["client_id"] == Client && (string?)call.Body["client_secret"] == Secret;

    protected override MockAnswer? Unauthorised(MockCall call) =>
        (call.Path == TokenPath ? MayHaveToken(call) : call.Header("Authorization") == $"Bearer token-{Tokens}")
            ? null : Refuse(401, "NOT.AUTHORIZED.ERROR", "Invalid credentials");

    protected override string? KeyOf(MockCall call) => null;

    protected override MockAnswer OtherContent() => throw new NotSupportedException();

    protected override JsonObject Trouble(int status) =>
        Refuse(status, "trouble", "It did not go well.").Body!;

    protected override MockAnswer Do(MockCall call)
    {
        if (call.Path == TokenPath)
        {
            Tokens++;
            return new(200, Json($$"""
                {"access_token":"token-{{Tokens}}","token_type":"Bearer","expires_in":{{Seconds}} }
                """));
        }

        Last = call;
        return Instead?.Invoke(call) ?? Answer(call);
    }

    protected static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    /// <summary>The number of the next shipment.</summary>
    protected int Next => Effects.Count(e => e == "buy") + 1;

    protected MockAnswer Buy(string number, string reference, MockAnswer answer)
    {
        Bought[number] = reference;
        Effects.Add("buy");
        return answer;
    }
}
