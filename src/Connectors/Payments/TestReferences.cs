using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fulfillment.Connectors;

/// <summary>
/// What a reference of the test gateway says. <c>Kind</c>: <c>a</c> authorisation, <c>c</c> capture, <c>r</c> refund.
/// <c>Mark</c>: of the call that made it.
/// </summary>
readonly record struct TestReference(
    char Kind, string Method, Money Amount, DateTimeOffset Expires, DateTimeOffset Ready, bool Take, string Mark);

/// <summary>
/// Writes and reads references: <c>a.ok.1999.EUR.1795824000.1795219200.0.6c1f....mac</c>, signed together with the
/// payment that they belong to.
/// </summary>
sealed class TestReferences(string secret)
{
    const int MacBytes = 12, Parts = 9;

    readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    public static string Mark(string id) => Hex(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    public string Write(TestReference r, string payment)
    {
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{r.Kind}.{r.Method}.{r.Amount.AmountMinor}.{r.Amount.Currency}.{r.Expires.ToUnixTimeSeconds()}"
            + $".{r.Ready.ToUnixTimeSeconds()}.{(r.Take ? 1 : 0)}.{r.Mark}");
        return $"{text}.{Sign(text, payment)}";
    }

    /// <summary>Null for one that is not ours, or of another payment or kind.</summary>
    public TestReference? Read(string reference, string payment, char kind)
    {
        var parts = reference.Split('.');
        if (parts.Length != Parts || parts[0] != kind.ToString()) return null;
        var mac = Sign(reference[..^(parts[^1].Length + 1)], payment);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mac), Encoding.UTF8.GetBytes(parts[^1])))
            return null;
        // The signature was right: we wrote it.
        return new(kind, parts[1], new(Number(parts[2]), parts[3]), Time(parts[4]), Time(parts[5]), parts[6] == "1",
            parts[7]);
    }

    string Sign(string text, string payment) =>
        Hex(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{payment}\n{text}")));

    static string Hex(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, MacBytes));

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    static DateTimeOffset Time(string text) => DateTimeOffset.FromUnixTimeSeconds(Number(text));
}
