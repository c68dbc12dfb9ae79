using Fulfillment.Routing;

namespace Fulfillment.Client.Api;

/// <summary>What an address needs in the country that it is in.</summary>
static class AddressFields
{
    const int MaxPostcode = 20;

    /// <summary>Coordinates are told both, or neither.</summary>
    public static void Together(this Fields fields, string one, bool isOneMissing, string other, bool isOtherMissing)
    {
        if (isOneMissing != isOtherMissing)
            fields.Add(isOneMissing ? one : other, "required", "is missing; one coordinate alone is nowhere");
    }

    /// <summary>
    /// The postcode of an address: of the form that its country has, in any spelling of spaces and capitals. Missing
    /// only where the country can do without, or where <paramref name="isAddress"/> is false: history and estimates
    /// tell the country alone, and to that nobody delivers.
    /// </summary>
    public static string? Postcode(this Fields fields, string at, string? country, string? postcode, bool isAddress)
    {
        var errors = fields.Errors.Count;
        fields.OptionalText(at, postcode, MaxPostcode);
        if (country is null || fields.Errors.Count > errors) return postcode;
        if (string.IsNullOrWhiteSpace(postcode))
        {
            if (isAddress && AddressRules.NeedsPostcode(country))
                fields.Add(at, "required", $"is missing; nothing is delivered in {country} without one");
        }
        else if (!AddressRules.IsPostcode(country, postcode))
        {
            fields.Add(at, "bad-postcode", $"is no postcode of {country}");
        }

        return postcode;
    }
}
