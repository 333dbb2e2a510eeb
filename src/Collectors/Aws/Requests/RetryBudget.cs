namespace JadaStore.Collectors.Aws.Requests;

/// <summary>Keeps a client from trying without end what fails all the time: retries cost, successes earn.</summary>
/// <remarks>The token bucket of the SDKs' "standard" retry mode; thread-safe.</remarks>
internal sealed class RetryBudget
{
    private const int Full = 500;
    private const int Retry = 5;
    private const int Throttled = 1;

    private int _left = Full;

    /// <summary>Takes the price of one retry; false when there is too little left.</summary>
    /// <param name="throttled">Whether the service is there and asks for patience: that costs less.</param>
    public bool TryTake(bool throttled)
    {
        int price = throttled ? Throttled : Retry;
        for (int left = Volatile.Read(ref _left); left >= price;)
        {
            int seen = Interlocked.CompareExchange(ref _left, left - price, left);
            if (seen == left)
            {
                return true;
            }

            left = seen;
        }

        return false;
    }

    /// <summary>A request succeeded.</summary>
    /// <param name="retried">Whether it was tried again; then the price of that comes back.</param>
    public void Succeeded(bool retried)
    {
        int earned = retried ? Retry : 1;
        for (int left = Volatile.Read(ref _left); left < Full;)
        {
            int seen = Interlocked.CompareExchange(ref _left, Math.Min(Full, left + earned), left);
            if (seen == left)
            {
                return;
            }

            left = seen;
        }
    }
}
