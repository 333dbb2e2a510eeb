namespace JadaStore.Collectors.AppsScript;

/// <summary>Where Google's services are.</summary>
/// <param name="Script">The Apps Script API.</param>
/// <param name="Drive">The Drive API.</param>
/// <param name="Token">What gives new access tokens.</param>
internal sealed record GoogleEndpoints(Uri Script, Uri Drive, Uri Token)
{
    /// <summary>The real ones.</summary>
    public static GoogleEndpoints Google { get; } = new(
        new Uri("https://script.googleapis.com/v1/"),
        new Uri("https://www.googleapis.com/drive/v3/"),
        new Uri("https://oauth2.googleapis.com/token"));
}
