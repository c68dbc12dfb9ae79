using System.Globalization;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>What carriers demand of addresses before they sell a label, as their documents tell it.</summary>
static class CarrierNeeds
{
    /// <summary>Addresses in one of the countries have a state or province of two letters, or as it is told.</summary>
    public static IEnumerable<string> States(ShipAddress from, ShipAddress to, params ReadOnlySpan<string> countries)
    {
        List<string> lacks = [];
        if (countries.Contains(from.Country) && !IsState(from)) lacks.Add("/from/state");
        if (countries.Contains(to.Country) && !IsState(to)) lacks.Add("/to/state");
        return lacks;
    }

    /// <summary>Both have a telephone number that will do.</summary>
    public static IEnumerable<string> Phones(ShipAddress from, ShipAddress to, Func<ShipAddress, bool> willDo)
    {
        if (!willDo(from)) yield return "/from/phone";
        if (!willDo(to)) yield return "/to/phone";
    }

    /// <summary>Digits of a telephone number, without the zeros that begin an international one; "": none.</summary>
    public static string Digits(ShipAddress at)
    {
        var digits = string.Concat((at.Phone ?? "").Where(char.IsAsciiDigit));
        return digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
    }

    /// <summary>The carrier is not asked: he would refuse.</summary>
    public static CarrierRefusal Refusal(IReadOnlyList<string> lacks) => new(
        "incomplete", string.Create(
            CultureInfo.InvariantCulture, $"{string.Join(", ", lacks)}: missing, or not as the carrier takes it."));

    // Vietnam's provinces have longer codes.
    static bool IsState(ShipAddress at) => at.State is { } state
        && (at.Country == "VN" ? state.Length is >= 2 and <= 5
            : state.Length == 2 && state.All(char.IsAsciiLetter));
}
