using System.Net.Http.Headers;
using System.Text;

namespace Fulfillment.Connectors;

/// <summary>How PayPal is asked for an access token.</summary>
static class PayPalToken
{
    /// <summary>The token of that app.</summary>
    public static AccessToken Of(PayPalSettings settings, TimeProvider time) => new(PayPalGateway.Name, () =>
    {
        HttpRequestMessage request = new(HttpMethod.Post, "v1/oauth2/token");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.Client}:{settings.Secret}")));
        request.Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]);
        return request;
    }, time);
}
