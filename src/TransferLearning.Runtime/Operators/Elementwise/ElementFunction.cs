using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TransferLearning.Runtime.Operators.Elementwise;

/// <summary>A function of each element on its own. Immutable.</summary>
internal abstract class ElementFunction
{
    /// <summary>The work of an element, in operations of a nanosecond or less.</summary>
    public abstract int Work { get; }

    public abstract double Of(double x);

    /// <summary>y = f(x) for consecutive elements; x and y may be the same memory.</summary>
    public abstract void Apply(ReadOnlySpan<float> x, Span<float> y);

    /// <summary>A function that is computed for whole vectors.</summary>
    public static ElementFunction Of<TFunction>(TFunction function)
        where TFunction : struct, IUnaryFunction => new Vectorized<TFunction>(function);

    /// <summary>A function that is computed element by element.</summary>
    public static ElementFunction Of(Func<double, double> function) => new Scalar(function);

    private sealed class Scalar(Func<double, double> function) : ElementFunction
    {
        public override int Work => 16;

        public override double Of(double x) => function(x);

        public override void Apply(ReadOnlySpan<float> x, Span<float> y)
        {
            for (int i = 0; i < x.Length; i++)
            {
                y[i] = (float)function(x[i]);
            }
        }
    }

    private sealed class Vectorized<TFunction>(TFunction function) : ElementFunction
        where TFunction : struct, IUnaryFunction
    {
        public override int Work => 2;

        public override double Of(double x) => function.Of(x);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Apply(ReadOnlySpan<float> x, Span<float> y)
        {
            TFunction f = function;
            ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(x);
            Span<Vector<float>> results = MemoryMarshal.Cast<float, Vector<float>>(y[..x.Length]);
            for (int i = 0; i < vectors.Length; i++)
            {
                results[i] = f.Of(vectors[i]);
            }

            // The tail goes by the same vector function, so that a value does not depend on where it stands.
            int done = vectors.Length * Vector<float>.Count;
            if (done < x.Length)
            {
                Span<float> tail = stackalloc float[Vector<float>.Count];
                tail.Clear();
                x[done..].CopyTo(tail);
                f.Of(new Vector<float>(tail)).CopyTo(tail);
                tail[..(x.Length - done)].CopyTo(y[done..]);
            }
        }
    }
}
